"""Title, document number and the county's own name, from the lines before the first heading."""

import re
from collections.abc import Iterator, Sequence

from plans.reading.blocks import Line
from plans.reading.dates import find_spans
from plans.reading.folding import fold, squeeze

_DOCUMENT_NO = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,12})[〔\[［(（﹝【](?P<year>[12]\d{3})[〕\]］)）﹞】]第?(?P<no>\d{1,4})号"
)
_PLAN = r"(?:方案|规划|计划|意见|纲要|办法|要点|行动|任务书|路线图)"
_PLAN_END = re.compile(rf"{_PLAN}(?:（[^（）]*）)*$")
_SUBTITLE = re.compile(r"（[^（）日]{2,20}）")  # （2022—2032年） under the title
_NOTICE = re.compile(r"关于(?:印发|转发|下发|发布).*通知$")
_QUOTED = re.compile(rf"《(?P<title>[^《》]*{_PLAN}(?:（[^（）]*）)*)》")
_ISSUER = re.compile(r".*(?:人民政府|办公室|委员会|领导小组|教育局)$")
_COUNTY = re.compile(
    r"(?:中共)?(?:关于)?(?:推进|创建|印发)?(?P<name>[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|[县市区旗]))"
)
_LONGEST_TITLE_LINE = 40


def document_no_of(lines: Sequence[Line]) -> str | None:
    """The issuing number, in the brackets of the standard: 示政办发〔2024〕3号."""
    for line in lines:
        text = squeeze(line.text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        found = _DOCUMENT_NO.search(text)
        if found and "《" not in text and (found.end() == len(text) or len(text) < 30):
            return f"{found['office']}〔{found['year']}〕{found['no']}号"
    return None


def title_of_plan(lines: Sequence[Line]) -> str | None:
    """The plan's own title; the title of the notice that hands it out is only the last resort.

    A title may run over several lines, with blanks between its characters.
    """
    titles = ["".join(run) for run in _runs(lines)]
    own = [title for title in titles if _PLAN_END.search(fold(title)) and not _NOTICE.search(title)]
    quoted = [found["title"] for title in titles if (found := _QUOTED.search(title))]
    return next(iter(own[-1:] + quoted + titles[:1]), None)


def county_of(title: str | None) -> str | None:
    """The county's name at the head of the title.

    >>> county_of("示例县义务教育优质均衡发展实施方案"), county_of("工作方案")
    ('示例县', None)
    """
    found = _COUNTY.match(title or "")
    return found["name"] if found else None


def _runs(lines: Sequence[Line]) -> Iterator[list[str]]:
    """Short lines without a full stop that stand together; dates, addressees and issuers part them."""
    run: list[str] = []
    for index, line in enumerate(lines):
        text = squeeze(line.text)
        if not _is_title_line(text) or _stands_alone(text, lines[index + 1 : index + 2]):
            if run:
                yield run
            run = []
        else:
            run.append(text)
            if _is_complete(run, lines[index + 1 : index + 2]):
                yield run
                run = []
    if run:
        yield run


def _is_complete(run: Sequence[str], following: Sequence[Line]) -> bool:
    """A title ends with its kind of document, unless years or 试行 follow it in brackets."""
    goes_on = any(_SUBTITLE.fullmatch(fold(squeeze(line.text))) for line in following)
    return not goes_on and bool(_PLAN_END.search(fold("".join(run))) or run[-1].endswith("通知"))


def _is_title_line(text: str) -> bool:
    is_date = bool(find_spans(text)) and len(text) < 14 and not _SUBTITLE.fullmatch(fold(text))
    is_number = _DOCUMENT_NO.fullmatch(text) is not None
    has_stop = text.endswith(("：", ":", "。", "；", "，")) or "。" in text
    return 1 < len(text) <= _LONGEST_TITLE_LINE and not (is_date or is_number or has_stop)


def _stands_alone(text: str, following: Sequence[Line]) -> bool:
    """An issuing office in a line of its own, unless the title goes on with 关于."""
    goes_on = any(squeeze(line.text).startswith("关于") for line in following)
    return _ISSUER.fullmatch(text) is not None and not goes_on and "关于" not in text
