"""A small draft in the JSON form of ``plans.reading``, in words of our own."""

from typing import Any


def measure(no: int | None, title: str, units: list[str], lead: list[str] | None = None) -> dict[str, Any]:
    """One measure; ``lead`` as a document with 牵头 would have it."""
    return {
        "no": no,
        "title": title,
        "text": "改善校舍的内容",
        "units": units,
        "paragraph": 12 if no == 1 else 15,
        "lead": lead or [],
    }


def draft(**changes: Any) -> dict[str, Any]:
    """A whole draft with one of each thing; ``changes`` replace its keys."""
    whole = {
        "title": "甲县实施方案",
        "document_no": "甲政办发〔2026〕1号",
        "horizon": 2029,
        "goals": ["学校布局更合理"],
        "groups": [
            {"title": "办学条件", "measures": [measure(1, "改善校舍", ["县教育局", "县住建局"])]},
            {"title": "教师队伍", "measures": [measure(2, "配齐教师", ["县人社局", "县教育局"])]},
        ],
        "phases": [
            {"title": "启动阶段", "start": None, "end": "2026-12", "steps": ["成立专班"]},
            {"title": "验收阶段", "start": "2027-09", "end": "2029-09", "steps": []},
        ],
        "milestones": [{"due": "2028-02", "text": "完成自评"}],
        "indicators": [
            {
                "code": "B1",
                "group": "资源配置",
                "text": "高于规定学历教师数",
                "units": ["县人社局", "县教育局"],
                "indicator_code": "R1",
            }
        ],
        "duties": [{"units": ["县教育局"], "text": "统筹创建工作"}],
        "units": [
            {"name": "县教育局", "aliases": ["教育局"], "measures": 2, "indicators": 1, "has_duty": True},
            {"name": "县住建局", "aliases": [], "measures": 1, "indicators": 0, "has_duty": False},
            {"name": "县人社局", "aliases": [], "measures": 1, "indicators": 1, "has_duty": False},
        ],
        "gaps": [{"kind": "no_goals", "where": "全文", "message": "没有读到工作目标"}],
    }
    return {**whole, **changes}
