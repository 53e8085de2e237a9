"""乙县（示例）: twelve schools and two teaching points, a plan to 2032; short of most standards."""

from app.demo.county import DemoCounty, Goal, Year, read_sites
from app.demo.yi_values import VALUES

CODE = "990202"
SITES = """
乙县第一小学           小学        镇区  1962  否   7  1120/23/18  -           0
乙县第二小学           小学        镇区  1995  否   7  846/18/10   -           0
乙县平安镇中心小学     小学        镇区  1978  否   7  512/12/2    -           0
乙县高坡乡中心小学     小学        乡村  1986  是   7  327/9/0     -           0
乙县三岔乡中心小学     小学        乡村  1989  否   7  186/6/0     -           0
乙县榆树村小学         小学        乡村  2004  否   7  91/6/0      -           0
乙县沙河村小学         小学        乡村  2008  否   7  64/6/0      -           0
乙县第一初级中学       初级中学    镇区  1965  是   7  -           1206/23/16  0
乙县平安镇初级中学     初级中学    镇区  1983  是   7  -           597/12/5    0
乙县城南九年一贯制学校 九年一贯制  镇区  2019  否   7  684/14/12   455/9/4     0
乙县高坡乡九年一贯制学校 九年一贯制 乡村 1998  是   7  268/7/0     174/4/0     0
乙县中学               完全中学    镇区  1959  是   7  -           688/13/9    912
乙县大洼教学点         教学点      乡村  1992  否   7  56/6/0      -           0
乙县小岭教学点         教学点      乡村  1996  否   7  31/3/0      -           0
"""
GOALS = {
    "R1": Goal({"primary": 196, "junior": 170}, {"primary": 0.43, "junior": 0.33}),
    "R2": Goal({"primary": 39, "junior": 31}, {"primary": 0.58, "junior": 0.5}),
    "R3": Goal({"primary": 38, "junior": 27}, {"primary": 0.4, "junior": 0.3}),
    "R4": Goal({"primary": 2_035_460, "junior": 1_840_800}, {"primary": 0.47, "junior": 0.35}),
    "R5": Goal({"primary": 3_572_440, "junior": 3_369_600}, {"primary": 0.56, "junior": 0.47}),
    "R6": Goal({"primary": 93_050, "junior": 81_432}, {"primary": 0.42, "junior": 0.3}),
    "R7": Goal({"primary": 10_050, "junior": 7_640}, {"primary": 0.36, "junior": 0.26}),
}
YEARS = {
    2024: Year(
        pupils={"primary": 4_246, "junior": 3_071}, teachers=414, migrants=388, rooms=27,
        funds_yuan=6_018_400, small_funds_yuan=262_000, training_yuan=268_500, spread=1060,
        resources={"R1": 940, "R2": 910, "R3": 920, "R4": 985, "R5": 980, "R6": 920, "R7": 930},
    ),
    2025: Year(
        pupils={"primary": 4_185, "junior": 3_120}, teachers=421, migrants=405, rooms=29,
        funds_yuan=6_187_300, small_funds_yuan=284_000, training_yuan=297_600,
        resources={"R1": 1000, "R2": 1000, "R3": 1000, "R4": 1000, "R5": 1000, "R6": 1000, "R7": 1000},
    ),
}  # fmt: skip
YI = DemoCounty(
    code=CODE,
    name="乙县（示例）",
    horizon_year=2032,
    seed=7,  # ten of fifteen sections fail
    lean=4000,
    sites=read_sites(CODE, SITES),
    years=YEARS,
    goals=GOALS,
    values=VALUES,
)
