"""What people do to tasks: each act checks who may, moves the state and writes its event.

Nobody commits here. An act on an existing task says which event it has seen last (``seen_event``): one that
follows somebody else's act is refused as stale, a repeat of one's own (a double click) changes nothing.
"""

from plans.commands.amending import amend_task, move_deadline
from plans.commands.assigning import assign_task, name_person, reassign_task
from plans.commands.extending import answer_extension, ask_extension, waiting_extension
from plans.commands.finding import find_task
from plans.commands.remarking import comment_task, grade_evidence, mentioned
from plans.commands.steering import pause_task, resume_task, urge_task
from plans.commands.verifying import close_task, reopen_task, return_task
from plans.commands.working import decline_task, report_progress, sign_task, submit_task

__all__ = [
    "amend_task",
    "answer_extension",
    "ask_extension",
    "assign_task",
    "close_task",
    "comment_task",
    "decline_task",
    "find_task",
    "grade_evidence",
    "mentioned",
    "move_deadline",
    "name_person",
    "pause_task",
    "reassign_task",
    "reopen_task",
    "report_progress",
    "resume_task",
    "return_task",
    "sign_task",
    "submit_task",
    "urge_task",
    "waiting_extension",
]
