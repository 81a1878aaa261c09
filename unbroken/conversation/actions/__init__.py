"""What can happen to a trouble ticket, and who has to be told.

Each function here is one sentence an agent might say aloud: acknowledge, hold, resume,
resolve, reopen, close. Nothing else in the house writes tickets.
"""

from unbroken.conversation import words as words
from unbroken.conversation.actions.approve import (
    ask_approval,
    decide_approval,
    expire_approval,
    remind_approval,
)
from unbroken.conversation.actions.check import add_items, drop_item, set_checklist, tick_item
from unbroken.conversation.actions.classify import (
    assign_ticket,
    classify_ticket,
    confirm_owner,
    edit_priorities,
    note_queued,
    note_rule,
    set_topic,
    tag_ticket,
)
from unbroken.conversation.actions.complain import (
    give_complaint,
    give_word,
    name_people,
    open_complaint,
    take_step,
)
from unbroken.conversation.actions.deliver import (
    note_bounce,
    record_delivered,
    record_delivery_failed,
    record_delivery_spared,
)
from unbroken.conversation.actions.fields import fill_fields, set_field
from unbroken.conversation.actions.forward import forward_message
from unbroken.conversation.actions.join import join_problem, note_matched, part_from_problem
from unbroken.conversation.actions.line import correct_claim, record_cause
from unbroken.conversation.actions.link import (
    merge_tickets,
    relate_ticket,
    unrelate_ticket,
)
from unbroken.conversation.actions.looked import note_looked
from unbroken.conversation.actions.move import (
    adopt_ticket,
    ask_customer,
    cancel_ticket,
    close_ticket,
    hold_ticket,
    reject_ticket,
    reopen_along,
    reopen_ticket,
    resolve_ticket,
    resume_ticket,
    start_work,
)
from unbroken.conversation.actions.pass_on import pass_on_to_child, take_back_from_children
from unbroken.conversation.actions.pause import set_pause_rules
from unbroken.conversation.actions.people import (
    follow_customer,
    follow_person,
    return_customer,
    return_person,
)
from unbroken.conversation.actions.receive import (
    acknowledge_ticket,
    add_message,
    add_remark,
    follow_ticket,
    join_ticket,
    leave_ticket,
    number_ahead,
)
from unbroken.conversation.actions.reply import (
    note_ticket,
    reply,
    send_receipt,
    spare_receipt,
    withdraw_note,
    withdraw_reply,
)
from unbroken.conversation.actions.side import hear_aside, open_side, say_aside
from unbroken.conversation.actions.side_inside import (
    ask_team,
    end_aside,
    flow_back,
    take_back_aside,
)
from unbroken.conversation.actions.sleep import end_sleep, snooze_ticket, wake_ticket
from unbroken.conversation.actions.split import split_ticket
from unbroken.conversation.actions.told import tell_estimate
from unbroken.conversation.actions.watch import (
    correct_time,
    spend_time,
    unwatch_ticket,
    watch_ticket,
)

__all__ = [
    "acknowledge_ticket",
    "add_items",
    "add_message",
    "add_remark",
    "adopt_ticket",
    "ask_approval",
    "ask_customer",
    "ask_team",
    "assign_ticket",
    "cancel_ticket",
    "classify_ticket",
    "close_ticket",
    "confirm_owner",
    "correct_claim",
    "correct_time",
    "decide_approval",
    "drop_item",
    "edit_priorities",
    "end_aside",
    "end_sleep",
    "expire_approval",
    "fill_fields",
    "flow_back",
    "follow_customer",
    "follow_person",
    "follow_ticket",
    "forward_message",
    "give_complaint",
    "give_word",
    "hear_aside",
    "hold_ticket",
    "join_problem",
    "join_ticket",
    "leave_ticket",
    "merge_tickets",
    "name_people",
    "note_bounce",
    "note_looked",
    "note_matched",
    "note_queued",
    "note_rule",
    "note_ticket",
    "number_ahead",
    "open_complaint",
    "open_side",
    "part_from_problem",
    "pass_on_to_child",
    "record_cause",
    "record_delivered",
    "record_delivery_failed",
    "record_delivery_spared",
    "reject_ticket",
    "relate_ticket",
    "remind_approval",
    "reopen_along",
    "reopen_ticket",
    "reply",
    "resolve_ticket",
    "resume_ticket",
    "return_customer",
    "return_person",
    "say_aside",
    "send_receipt",
    "set_checklist",
    "set_field",
    "set_pause_rules",
    "set_topic",
    "snooze_ticket",
    "spare_receipt",
    "spend_time",
    "split_ticket",
    "start_work",
    "tag_ticket",
    "take_back_aside",
    "take_back_from_children",
    "take_step",
    "tell_estimate",
    "tick_item",
    "unrelate_ticket",
    "unwatch_ticket",
    "wake_ticket",
    "watch_ticket",
    "withdraw_note",
    "withdraw_reply",
]
