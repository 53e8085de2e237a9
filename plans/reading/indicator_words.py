"""Which indicator of the quality standard a sentence speaks of, by its words."""

import re

from plans.reading.folding import fold

# Code → words that a sentence must hold. The first that matches counts, so the narrower stands first.
INDICATOR_WORDS = (
    ("R1", r"高于规定学历"),
    ("G11", r"交流轮岗|轮岗交流|交流教师.*比例|(?:教师|校长).{0,6}交流.{0,12}比例"),
    ("R2", r"每百名学生.*骨干教师|骨干教师数"),
    ("R3", r"(?:体育|体艺|艺术|音乐|美术).{0,14}(?:专任)?教师"),
    ("R4", r"教学及辅助用房|教学辅助用房"),
    ("R5", r"体育运动场馆|体育场馆面积|运动场馆面积"),
    ("R6", r"仪器设备值|教学仪器设备"),
    ("R7", r"多媒体教室"),
    ("G14", r"优质(?:普通)?高中.*(?:名额|指标|招生)"),
    ("G13", r"就近.{0,6}入学"),
    ("G15", r"随迁子女|留守儿童"),
    ("G2", r"标准统一|四统一|“四个统一”|编制标准.*基准定额"),
    ("G3", r"(?:音乐|美术).{0,8}(?:专用)?教室"),
    ("G1", r"规划布局|学校布局"),
    ("G6", r"不足\s*100\s*(?:名|人)|按\s*100\s*(?:名|人).{0,4}核定"),
    ("G7", r"特殊教育.*(?:生均)?公用经费|特教.*公用经费"),
    ("G8", r"(?:平均)?工资.*公务员"),
    ("G9", r"360\s*(?:个)?学时|(?:5|五)年.*学时"),
    ("Q4", r"教师培训经费|公用经费.{0,12}\d+(?:\.\d+)?\s*[%％].{0,8}培训|培训.{0,14}公用经费"),
    ("G10", r"统筹分配.*(?:编制|岗位)|(?:编制|岗位).*统筹分配"),
    ("G12", r"教师资格证|资格证.{0,4}(?:持有|上岗)"),
    ("G5", r"大班额|班额|班级学生数|每班.{0,6}人"),
    ("G4", r"学校规模|办学规模|大校额|规模(?:均)?不超过"),
    ("Q1", r"巩固率"),
    ("Q2", r"残疾儿童.*入学率|残疾儿童.*入学"),
    ("Q5", r"信息化手段|信息化教学|设施设备利用率"),
    ("Q3", r"制定章程|学校章程|管理与教学信息化"),
    ("Q6", r"德育工作.*(?:校园文化|良好)|校园文化建设水平"),
    ("Q7", r"开齐(?:课程)?.{0,4}开足|教学秩序规范"),
    ("Q8", r"过重.{0,4}课业负担|过重作业负担"),
    ("Q9", r"质量监测|学业水平.*级|差异率"),
    ("S1", r"社会认可度|满意度|群众满意"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in INDICATOR_WORDS)


def indicator_of(text: str) -> str | None:
    """The code of the indicator that the words name; None when they name none.

    >>> indicator_of("每百名学生拥有网络多媒体教室数达到2.4间以上"), indicator_of("加强领导")
    ('R7', None)
    """
    folded = fold(text)
    return next((code for code, pattern in _COMPILED if pattern.search(folded)), None)
