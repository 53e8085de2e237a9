"""What a new password must be."""

import pytest

from app.auth.errors import PasswordRefused
from app.auth.password_rules import LONGEST, SHORTEST, check_new_password

OWN = ["jia-office", "创建办示例", "甲县（示例）", "甲县"]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "x7Kq9vLm2PzR",
        "窗外有三棵歪脖子枣树会唱歌",
        "sunshine monkey dragon football",  # four different words
        "no capital no digit no sign",
        "k" * 5 + "vqxjwh" + "k" * 5,
    ],
)
def test_password_that_nobody_guesses_is_taken(password: str) -> None:
    check_new_password(password, own_words=OWN)


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314520",
        "woaini1314woaini",
        "qwertyuiop123",
        "1qaz@WSX3edc",
        "P@ssw0rd2029!!",
        "admin888admin888",
        "Zhangsan19900101",
        "liwei19850607!",
        "xinjiangjiaoyuju",
        "ｐａｓｓｗｏｒｄ１２３４",  # full-width
        "abcdefghijklmnop",
        "987654321098",
        "youjun-2029-youjun",  # the demo's own, made long
        "jia-office-2026",  # the login
        "创建办示例创建办示例2026",  # the name
        "甲县教育局2029年9月1日",  # the county
        "优质均衡优质均衡2032",
    ],
)
def test_password_made_of_common_pieces_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused, match="容易被猜到"):
        check_new_password(password, own_words=OWN)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaa", "ababababababab", "abcdabcdabcd"])
def test_password_of_few_signs_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused, match="只有几个重复的字符"):
        check_new_password(password, own_words=OWN)


def test_length_is_the_first_rule() -> None:
    sign = "vqxjwhzkfpbg"

    with pytest.raises(PasswordRefused, match=f"至少 {SHORTEST} 个字符，现在是 {SHORTEST - 1} 个"):
        check_new_password(sign[: SHORTEST - 1], own_words=OWN)
    check_new_password(sign[:SHORTEST], own_words=OWN)
    check_new_password((sign * 20)[:LONGEST], own_words=OWN)
    with pytest.raises(PasswordRefused, match=f"最多 {LONGEST} 个字符"):
        check_new_password((sign * 20)[: LONGEST + 1], own_words=OWN)


def test_looking_at_a_long_password_takes_no_time() -> None:
    with pytest.raises(PasswordRefused):
        check_new_password("1a" * (LONGEST // 2), own_words=OWN)
    check_new_password(("2029-1-" * 30)[: LONGEST - 6] + "vqxjwh", own_words=OWN)
