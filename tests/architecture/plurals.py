"""English that would say "1 tasks" or "task(s)": `python -m tests.architecture.plurals` lists it."""

import re
import sys

from tests.architecture.english import english

# A value with a measure word after it counts things in Chinese; 第 before it makes it a number in a row.
COUNT = re.compile(
    r"(?<!第)(?<!第 )(%\(\w+\)s|{\w+}) ?(?:[个项所天条份处次期校县步台格张人间小轮字班分]|名(?!下))"
)
# English counts with a plural after the value, unless a limit before it says that there are many.
LIMITS = ("at least ", "at most ", "more than ", "fewer than ", "less than ", "the next ")
BEFORE = "".join(f"(?<!{limit})" for limit in LIMITS)
BETWEEN = r"(?: (?!and|as|in|of|on|to)[a-z-]+){0,2}?"
PLURAL = r" (?!as|has|is|this|was)[a-z]+(?<!s)s\b"
# The count is never one: it is a form's, a setting's, a sum's with others beside it, or has decimals.
ALWAYS_MANY = {
    " %(n)s 分",
    "%(head)s；综合差异系数为 %(n_rows)s 项的平均，某项每降低 0.1，综合降低 %(words)s。",
    "%(n)s项措施中参与%(times)s项（牵头%(leads)s项），责任过于集中。",
    "%(n_measures)s项措施均未写明责任单位，请逐项指定。",
    "%(n_measures)s项措施都没有责任单位，请逐项指定。",
    "%(name)s %(points)s 分（所涉满分 %(of)s 分）",
    "%(names)s等 %(n)s 个县",
    "%(year)s 年度县级数据 %(n)s 项中还有 %(k)s 项未填。",
    "%(year)s 年度县级数据 %(n)s 项已全部填报。",
    "列出影响最大的 %(shown)s 所，共 %(n)s 所；全表在指标页。",
    "开始使用：%(total)s 步全部完成。",
    "开始使用：已完成 %(done)s / %(total)s 步，下一步是%(step)s。",
    "提醒规则共 %(n)s 条，停用 %(m)s 条。",
    "提醒规则共 %(n)s 条，全部启用，有本县调整。",
    "提醒规则共 %(n)s 条，都按默认值。",
    "方案 %(n)s 项措施已交办 %(m)s 项，还有 %(k)s 项没有任务",
    "试算 %(rounds)s 轮仍有差异系数超过限值，请先补足差距最大的学校后再算。",
}


def uncounted() -> list[str]:
    """Texts whose English needs two forms (mark them with `_n`), or words that need none."""
    single = ((text, forms[0]) for text, forms in english().items() if len(forms) == 1)
    return sorted(text for text, words in single if text not in ALWAYS_MANY and says_many(text, words))


def undecided() -> list[str]:
    """Texts whose English leaves the number open, by brackets."""
    return sorted(
        text for text, forms in english().items() if any(re.search(r"\w\(e?s\)", words) for words in forms)
    )


def says_many(text: str, words: str) -> bool:
    """Whether the English has a plural after a value that the Chinese counts.

    >>> says_many("%(n)s 项任务", "%(n)s tasks"), says_many("%(n)s 项任务", "tasks: %(n)s")
    (True, False)
    """
    places = map(re.escape, COUNT.findall(text))
    return any(re.search(BEFORE + place + BETWEEN + PLURAL, words, re.IGNORECASE) for place in places)


if __name__ == "__main__":
    sys.stdout.write("".join(f"{text}\n" for text in [*uncounted(), *undecided()]))
