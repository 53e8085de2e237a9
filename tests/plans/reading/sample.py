"""A fictional plan in the shapes that county plans have, as a text file and as a Word file."""

import io
from collections.abc import Sequence

import docx

_FRONT = """示县政办发〔2024〕3号

关于印发《示例县推进义务教育

优质均衡发展实施方案》的通知

各乡镇人民政府、街道办事处，县直有关单位：
    现将方案印发给你们，请结合实际抓好落实。
示例县人民政府办公室

2024年3月5日

示例县推进义务教育优质均衡发展

实  施    方    案

为办好每一所学校，制定本方案。

一、基本思路
坚持公平，注重质量。

二、工作目标
到2029年，全县学校全部达到国家标准。

（一）布局更合理。学位与人口相适应。

（二）条件更完善。各类用房全部达标。

三、工作措施

（一）优化布局，改善办学条件。

1.编制学校布局规划。摸清学位底数，分年度安排建设项目。

责任单位：县委办、政府办，县教育局、自然资源局

2.补齐功能教室。每所学校音乐、美术专用教室不少于1间。

责任单位：县财政局、教育局、市场监督管理局
（二）配强教师，提高教学水平。

3.补充学科教师。县域内每年交流轮岗教师比例不低于10%。

责任单位：县委组织部、编办，县人社局、教育局

4.关爱困难学生。残疾儿童少年入学率达到98%以上。

责任单位：县农业农村局（乡村振兴局）、教育局，各乡镇、街道

四、实施步骤
（一）准备阶段：2024年12月前

1.成立工作专班。

2.开展摸底调查。

（二）攻坚阶段：2025年1月至2028年8月

1.每学期开展一次自查。

（三）验收阶段：2028年9月至2029年9月

1.2028年12月前，完成县级自评。

2.2029年9月前，接受国家认定。

五、工作要求
（一）加强领导。办公室设在县教育局，按照职责分工推进。

附件：1.领导小组名单
      2.任务清单

附件1

示例县工作领导小组

组      长：赵一一    县委副书记、县长

成      员：钱二二    县教育局局长

　　　　　　孙三三    县信访局局长

　　　　　　各乡镇、街道主要领导

　　领导小组下设办公室，办公室主任由钱二二同志兼任。

附件2

重点指标任务清单
"""

TABLE = (
    ("A级指标", "B级指标", "指  标  内  容", "责任单位", "备注"),
    (
        "A1资源\n\n配置",
        "B1",
        "每百名学生拥有高于规定学历教师数：小学、初中分别达到4.2人以上、5.3人以上",
        "县教育局、\n\n人社局",
        "",
    ),
    ("", "B2", "生均教学仪器设备值。小学、初中分别达到2000元以上、2500元以上", "县财政局、教育局", ""),
    ("A2教育质量", "B3", "义务教育质量监测达到Ш级以上，校际差异率低于0.15", "县教育局，\n\n各乡镇、街道", ""),
)

_BACK = """附件3
示例县推进义务教育优质均衡发展

单位职责分工

县委办、政府办负责统筹协调，督促工作落实。

县教育局负责牵头推进各项创建工作。

县委编委办负责按标准核定教师编制。

县统计局负责提供有关数据。

抄送：县委办公室，县人大常委会办公室。
"""
FRONT, BACK = _FRONT.split("\n"), _BACK.split("\n")


def as_text() -> str:
    """The plan as a text file, its table one cell a line."""
    rows = ("\t" + "\n\t".join(row) for row in TABLE)
    return "\n".join([*FRONT, "", "\n\n".join(rows), "", "", *BACK])


def as_word() -> bytes:
    """The plan as a Word file with a real table."""
    return word([*FRONT, TABLE, *BACK])


def word(blocks: Sequence[str | Sequence[Sequence[str]]]) -> bytes:
    """A Word file of paragraphs (text) and tables (rows of cells)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a python-docx document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
