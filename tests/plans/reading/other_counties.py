"""Plans of three invented counties in shapes far from the usual one."""

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.plans.reading.sample import saved

NS = nsdecls("w")

# All in tables: tasks over several rows, lead and responsible units apart, phases and duties in tables too.
_TASKS = (
    ("序号", "重点任务", "具体措施", "牵头责任单位", "责任单位", "完成时限"),
    ("1", "办学条件", "新建2所小学，新增学位1800个。", "县教育局", "县住建局、\n县自然资源局", "2027年9月前"),
    (
        "2",
        "",
        "小学、初中生均教学及辅助用房面积分别达到4.5平方米、5.8平方米以上。",
        "县教育局",
        "县财政局",
        "2028年底",
    ),
    ("3", "教师队伍", "每年教师交流轮岗比例不低于10%。", "县教育局", "县人社局，县委编办", "每年"),
    ("", "", "教师培训经费达到公用经费的5%以上。", "县财政局", "县教育局", "到2029年"),
)
_PHASES = (
    ("阶段", "时间安排", "主要工作"),
    ("动员部署", "2026年1月至3月", "印发方案。\n开展培训。"),
    ("全面推进", "2026年4月至2028年12月", "逐校补短。"),
    ("迎检认定", "2029年1月至9月", "2029年9月前接受认定。"),
)
_DUTIES = (("成员单位", "工作职责"), ("县教育局", "统筹推进。"), ("县财政局", "落实经费。"))


def in_tables() -> bytes:
    """丙县: a Word file whose tasks, phases and duties stand in tables with merged cells."""
    document = docx.Document()
    for text in (
        "丙政办发〔2026〕7号",
        "丙县义务教育优质均衡发展行动方案（2026—2029年）",
        "一、工作目标",
        "到2029年，九年义务教育巩固率达到96%以上。",
        "二、任务分解",
    ):
        document.add_paragraph(text)
    tasks = _table(document, _TASKS)
    for first, last in ((1, 2), (3, 4)):
        tasks.cell(first, 1).merge(tasks.cell(last, 1))
    for title, rows in (("三、实施步骤", _PHASES), ("四、职责分工", _DUTIES)):
        document.add_paragraph(title)
        _table(document, rows)
    return saved(document)


def _table(document: object, rows: tuple[tuple[str, ...], ...]) -> object:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text:
                cell.text = text
    return table


# Traditional characters, numbers made by Word, units in 〔〕 and on lines of their own, an edit in progress.
_LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
_LISTED: tuple[tuple[int | None, str], ...] = (
    (None, "丁縣推進義務教育優質均衡發展實施方案"),
    (0, "總體目標"),
    (1, "到2030年，全縣學校全部達標。"),
    (0, "重點任務"),
    (1, "優化佈局"),
    (2, "編制學校佈局規劃。"),
    (3, "摸清學位底數。"),
    (3, "分年度安排建設。〔責任單位：縣教育局、自然資源局〕"),
    (2, "消除大班額。２０２７年９月前，小學每班不超過45人、初中每班不超過50人。"),
    (None, "牽頭單位：縣教育局"),
    (None, "配合單位：縣委編辦、縣財政局"),
    (1, "建強隊伍"),
    (2, "教師交流輪崗。每學年開展一次。（責任部門：縣人力資源和社會保障局）"),
)


def in_traditional_characters() -> bytes:
    """丁縣: a Word file with automatic numbers in four levels and a tracked insertion."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{no}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{form}"/></w:lvl>'
        for no, (kind, form) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="91">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
    for level, text in _LISTED:
        place = (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>' if level is not None else ""
        )
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        if text.startswith("教師交流"):
            gone = "<w:r><w:delText>舊</w:delText></w:r>"
            run = f'<w:ins w:id="1" w:author="x">{run}</w:ins><w:del w:id="2" w:author="x">{gone}</w:del>'
        document.element.body.insert(-1, parse_xml(f"<w:p {NS}><w:pPr>{place}</w:pPr>{run}</w:p>"))
    return saved(document)


# Half-width marks, years in Chinese numerals, a number left out, nobody named for anything.
WITHOUT_UNITS = """戊县义务教育优质均衡发展推进计划(2024-2032年)
第一章 总体要求
到二〇三二年,全县小学、初中校际差异系数分别不超过0.50、0.45.
第二章 主要任务
第一节 补短板
1.2027年9月前,新建学校3所.
2.二〇二八年底前,更新教学仪器设备,小学2000元、初中2500元以上.
4.每学期开展一次安全排查.
第二节 提质量
5.长期开展教研帮扶.
6.2026年上半年完成学校章程修订.
第三章 实施步骤
第一阶段(2024年3月至2024年12月):部署.
第二阶段(2025年1月至2031年12月):推进.
第三阶段(2032年1月至2032年12月):验收.
"""
