"""甲县（示例）: 24 schools, four teaching points, a plan to 2029; strong on average, uneven inside."""

from app.demo.county import DemoCounty, Goal, Slip, Year, read_sites
from app.demo.jia_rubric import FIGURES
from app.demo.jia_values import VALUES

CODE = "990101"
# 800 senior pupils: few other numbers let whole rooms add up to 461.65 and 247.65 after the split.
SITES = """
甲县第一小学             小学          镇区  1956  否   7  1694/37/21  -           0
甲县第二小学             小学          镇区  1984  否   7  1238/28/9   -           0
甲县城关镇中心小学       小学          镇区  1972  否   7  1000/22/9   -           0
甲县滨河小学             小学          镇区  2023  否   7  800/18/4    -           0
甲县东湖镇中心小学       小学          镇区  1979  否   7  655/17/0    -           0
甲县西岭镇中心小学       小学          镇区  1981  否   7  534/14/0    -           0
甲县南塘乡中心小学       小学          乡村  1990  否   7  400/12/0    -           0
甲县北原乡中心小学       小学          乡村  1988  是   7  318/12/0    -           0
甲县柳林乡中心小学       小学          乡村  1993  否   7  224/12/0    -           0
甲县河湾村小学           小学          乡村  2009  否   7  168/9/0     -           0
甲县石桥村小学           小学          乡村  2011  否   7  122/6/0     -           0
甲县松坡村小学           小学          乡村  2006  否   7  96/6/0      -           0
甲县杨树村小学           小学          乡村  2007  否   7  83/6/0      -           0
甲县泉水村小学           小学          乡村  2010  否   7  74/6/0      -           0
甲县青石村小学           小学          乡村  2008  否   7  61/6/0      -           0
甲县新田村小学           小学          乡村  2018  否   7  52/6/0      -           0
甲县第一初级中学         初级中学      镇区  1958  是   7  -           1943/39/13  0
甲县第二初级中学         初级中学      镇区  2001  是   7  -           1328/27/6   0
甲县城北九年一贯制学校   九年一贯制    镇区  2014  否   7  1538/34/16  1381/29/8   0
甲县东湖镇九年一贯制学校 九年一贯制    镇区  2003  是   7  1187/28/8   1000/23/3   0
甲县西岭镇九年一贯制学校 九年一贯制    镇区  1999  是   7  742/18/4    688/15/2    0
甲县南塘乡九年一贯制学校 九年一贯制    乡村  1996  是   7  518/14/0    421/10/0    0
甲县北原乡九年一贯制学校 九年一贯制    乡村  2002  是   7  366/12/0    302/9/0     0
甲县明德实验学校         十二年一贯制  镇区  2017  是  10  948/22/4    905/20/1    800
甲县沙窝教学点           教学点        乡村  1994  否   7  38/4/0      -           0
甲县梨园教学点           教学点        乡村  1991  否   7  29/3/0      -           0
甲县山口教学点           教学点        乡村  1995  否   7  24/2/0      -           0
甲县草滩教学点           教学点        乡村  1992  否   7  18/1/0      -           0
"""
# The totals are those of a published self-evaluation; the CVs are ours.
GOALS = {
    "R1": Goal({"primary": 919, "junior": 577}, {"primary": 0.31, "junior": 0.19}),
    "R2": Goal({"primary": 180, "junior": 134}, {"primary": 0.44, "junior": 0.468}),
    "R3": Goal({"primary": 163, "junior": 78}, {"primary": 0.33, "junior": 0.16}),
    "R4": Goal({"primary": 9_203_288, "junior": 5_764_128}, {"primary": 0.38, "junior": 0.22}),
    "R5": Goal({"primary": 16_837_839, "junior": 11_643_463}, {"primary": 0.512, "junior": 0.31}),
    "R6": Goal({"primary": 450_786, "junior": 298_727}, {"primary": 0.36, "junior": 0.27}),
    "R7": Goal({"primary": 46_165, "junior": 24_765}, {"primary": 0.34, "junior": 0.2}),
}
YEARS = {
    2022: Year(
        pupils={"primary": 12_604, "junior": 7_512}, teachers=1_571, migrants=2_391, rooms=109,
        funds_yuan=15_418_800, small_funds_yuan=736_200, training_yuan=848_000, spread=1015,
        resources={"R1": 885, "R2": 820, "R3": 840, "R4": 945, "R5": 950, "R6": 790, "R7": 810},
    ),
    2023: Year(
        pupils={"primary": 12_731, "junior": 7_694}, teachers=1_612, migrants=2_518, rooms=114,
        funds_yuan=16_264_500, small_funds_yuan=751_900, training_yuan=986_300, spread=1010,
        resources={"R1": 925, "R2": 880, "R3": 895, "R4": 965, "R5": 970, "R6": 860, "R7": 880},
    ),
    2024: Year(
        pupils={"primary": 12_846, "junior": 7_842}, teachers=1_647, migrants=2_655, rooms=119,
        funds_yuan=16_861_700, small_funds_yuan=772_400, training_yuan=1_132_900, spread=1005,
        resources={"R1": 965, "R2": 945, "R3": 950, "R4": 985, "R5": 985, "R6": 935, "R7": 945},
    ),
    2025: Year(
        pupils={"primary": 12_927, "junior": 7_968}, teachers=1_606, migrants=2_780, rooms=125,
        funds_yuan=17_310_200, small_funds_yuan=790_060, training_yuan=1_249_800,
        resources={"R1": 1000, "R2": 1000, "R3": 1000, "R4": 1000, "R5": 1000, "R6": 1000, "R7": 1000},
    ),
}  # fmt: skip
JIA = DemoCounty(
    code=CODE,
    name="甲县（示例）",
    horizon_year=2029,
    seed=282,  # four sections fail, three miss one, one stands exactly on a threshold
    lean=400,
    sites=read_sites(CODE, SITES),
    years=YEARS,
    goals=GOALS,
    values=VALUES | FIGURES,
    # With one more teacher counted the school passed.
    slip=Slip(f"{CODE}0020", "backbone_teachers_primary", 12),
)
