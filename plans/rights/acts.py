"""What people do, each act once. Reading one's own county's pages is no act: every member may."""

from enum import StrEnum


class Act(StrEnum):
    """An act that not everybody may do."""

    # 实施方案
    EDIT_PLAN = "edit_plan"
    APPROVE_PLAN = "approve_plan"
    SET_TARGETS = "set_targets"
    PLAN_MILESTONES = "plan_milestones"
    CLAIM_MILESTONE = "claim_milestone"
    CONFIRM_MILESTONE = "confirm_milestone"
    WITHDRAW_MILESTONE = "withdraw_milestone"
    PUBLISH_BULLETIN = "publish_bulletin"
    READ_BULLETIN = "read_bulletin"
    # 任务
    ASSIGN_TASK = "assign_task"
    SPLIT_TASK = "split_task"
    HANDLE_TASK = "handle_task"
    NAME_PERSON = "name_person"
    STEER_TASK = "steer_task"
    PAUSE_TASK = "pause_task"
    URGE_TASK = "urge_task"
    COMMENT_TASK = "comment_task"
    GRADE_EVIDENCE = "grade_evidence"
    VERIFY_TASK = "verify_task"
    REOPEN_TASK = "reopen_task"
    # 督办单
    WRITE_NOTICE = "write_notice"
    ANSWER_NOTICE = "answer_notice"
    # 数据与评估
    REPORT_DATA = "report_data"
    REPORT_SCHOOL = "report_school"
    ASSESS_YEAR = "assess_year"
    SET_RULES = "set_rules"
    STATE_ITEM = "state_item"
    SIGN_ITEM = "sign_item"
    READ_STATEMENTS = "read_statements"
    SCORE_SELF = "score_self"
    SCORE_REVIEW = "score_review"
    SUBMIT_VERSION = "submit_version"
    # 人员
    MANAGE_MEMBERS = "manage_members"
    HAND_OVER = "hand_over"
    # 本县管理
    READ_LOG = "read_log"
    SET_COUNTY = "set_county"
    # 上级
    WATCH_COUNTIES = "watch_counties"
    DECIDE_VERSION = "decide_version"
    PUSH_TEMPLATE = "push_template"


# Separation of duties: no role that does an act of the first set may do one of the second. A test holds the
# table to it; what one person does in two roles is looked at where the act is done.
DOING = frozenset(
    {
        Act.EDIT_PLAN,
        Act.CLAIM_MILESTONE,
        Act.HANDLE_TASK,
        Act.ANSWER_NOTICE,
        Act.REPORT_DATA,
        Act.REPORT_SCHOOL,
        Act.ASSESS_YEAR,
        Act.SET_RULES,
        Act.STATE_ITEM,
        Act.SCORE_SELF,
        Act.SUBMIT_VERSION,
    }
)
VERIFYING = frozenset(
    {Act.CONFIRM_MILESTONE, Act.VERIFY_TASK, Act.SIGN_ITEM, Act.SCORE_REVIEW, Act.DECIDE_VERSION}
)
