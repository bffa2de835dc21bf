"""Which power each route asks for, by room; None is open to everybody. Written out so that a change is seen."""

from portal.access import Can

BY_ROOM: dict[str, dict[Can | None, str]] = {
    "": {
        None: "healthz readyz static",
    },
    "accounts": {
        None: "choose_password reset_password sign_in",
        Can.LEARN: "change_password settings sign_out sign_out_everywhere suggestions",
    },
    "address_book": {
        Can.LEARN: """
            choose choose_all columns discard_import export export_cards file_to_start_from index
            left_out one_import one_row progress start_import undo_import undo_row
        """,
    },
    "adoption": {
        Can.LEAD: "assign assigned everybody export one practice restore team withdraw",
    },
    "asking": {
        Can.LEARN: """
            accept_talk all_talks before_logging decline_talk kept_check kept_checks kept_csv kept_xlsx
            look offer put_away_talk ready_to_ask rules_in_force rules_of_version talk
        """,
    },
    "attachments": {
        Can.LEARN: "one",
    },
    "certification": {
        None: "issuer key key_set shown status token unsigned",
        Can.LEARN: "collect export mine on_a_day paper revoke",
        Can.PUBLISH: "everywhere rules",
    },
    "clients": {
        Can.LEARN: """
            bring_back_flag catalogue cell edit_service end_flag export_csv export_xlsx facts flags
            index matrix matrix_csv matrix_xlsx new new_service restore_service retire_service service
            service_suggestions set_cell suggestions take_back
        """,
        Can.ADMINISTER: "bring_in discard_import file_to_start_from one_import refused_clients upload",
    },
    "coaching": {
        Can.COACH: """
            answer put_back put_back_worksheet queue read_worksheet remove_remark take take_next
            take_worksheet
        """,
    },
    "credit": {
        Can.LEARN: "answer decide dispute export_mine mine one seen suggestions withdraw",
        Can.LEAD: """
            export_if_they_left export_origination export_origination_rows if_they_left origination
            origination_rows risk
        """,
    },
    "contributions": {
        Can.LEARN: """
            authors autosave bring_back copied edit index move_author new one remove_author remove_reuse reuse_item
            seen submit suggestions withdraw
        """,
        Can.PUBLISH: "accept change_reuse_text decline suggest take_suggestions_back take_up to_edit",
    },
    "drills": {
        Can.LEARN: """
            answer begin check conversation conversation_run due pack play practise report reported say
            settings take_back_report take_in undo
        """,
    },
    "home": {
        Can.LEARN: "today",
    },
    "insights": {
        Can.LEARN: """
            export_insights_csv export_insights_xlsx index insight insight_seen new_insight new_request one_request
            requests_index say seen take_insight_back take_vote_back vote
        """,
        Can.PUBLISH: """
            answer answer_insight decline insights_to_answer leave merge reopen take to_answer undo_merge
        """,
    },
    "learning": {
        Can.LEARN: "attempt catch_up module programme step",
    },
    "library": {
        Can.LEARN: "count_copy count_download count_read index miss plain_text read say_useful say_why suggestions",
    },
    "message": {
        Can.LEARN: "compare first from_memory mark_seen read suggestions version versions",
    },
    "network": {
        Can.LEARN: """
            change_many contact end_share erase export_csv export_xlsx facts growing index log_touch new
            picture say seen set_pace settings share shared suggestions take_back_touch
        """,
    },
    "people": {
        Can.ADMINISTER: """
            add add_practice audit_log background_work deactivate discard_import everybody export
            export_audit_log file_to_start_from grant mails one one_import practice practice_tree
            progress reactivate refused_rows remove_practice revoke send_link sign_out_everywhere
            start_import try_again upload
        """,
    },
    "pipeline": {
        Can.LEARN: """
            accept again all_sources export_csv export_xlsx facts from_worksheet give_back hand_over
            hand_overs index lead leave_thanks mark_seen new one_hand_over one_thanks opportunity place
            say_thanks sources_csv sources_xlsx undo withdraw
        """,
        Can.TUNE: "all_rates desk leave_desk stages",
    },
    "privacy": {
        None: "package",
        Can.ADMINISTER: "leaving",
    },
    "quick_log": {
        Can.LEARN: "file keep line offer undo",
    },
    "readership": {
        Can.LEARN: """
            acknowledge bring_back_comment choose_letters comment comments edit_comment must_read mute
            new_for_you people_csv people_xlsx reopen_comment see_answer settle_comment take_back unmute
            who_has_read withdraw_comment write_comment
        """,
        Can.PUBLISH: "all_must_reads ask end hide_comment resume show_comment",
    },
    "recitals": {
        Can.LEARN: """
            begin_recording bring_back delete_recording discard finish_recording index invite listen
            mark_read new one pieces save_draft sound submit take_back upload withdraw
        """,
    },
    "sharing": {
        None: "be_counted count download enter_passcode file shown shown_item stay_uncounted thank",
        Can.LEARN: """
            add_item leave_touch log_touch mine move_item_up new new_room one open_again put_back_item
            remove_item renew revoke settings
        """,
    },
    "stewardship": {
        Can.LEARN: "client merge merge_preview penetration penetration_csv penetration_xlsx show_contact undo_merge",
    },
    "studio": {
        Can.PUBLISH: """
            add_files archive begin_draft bring_back content_items discard_copy discard_draft
            discard_new_copy edit_item edit_pitch export_csv export_item export_items export_xlsx facts
            forget_abbreviation import_items import_outcome index keep_copy keep_new_copy
            learn_abbreviation look_again needs_a_look new_item
            new_pitch pitch_lines pitch_releases preview publish_item release_progress remove_file
            rename_file restore revisions take_content take_content_item take_over_copy take_over_new_copy
            withdraw_version
        """,
        Can.LEARN: "give_item holds_no_more item_state mine still_holds",
    },
    "usage": {
        Can.LEARN: "content export_item export_mine item mine take_back used",
        Can.PUBLISH: """
            board_page decide decision decision_list export_board export_influence influence_page undo_decision
        """,
    },
    "worksheets": {
        Can.LEARN: """
            archive blank_paper bring_back brought deal duplicate fill filled_paper finish_reminder
            history index look_back mark_read move_reminder new newer part read reminder_list
            remove_reply reopen reopen_reminder reply restore row save_answers still_true submit
            take_along with_coach withdraw workbook
        """,
    },
}
"""The endpoints of each room, without its name; those of no room stand under the empty one."""

MATRIX = {
    f"{room}.{endpoint}" if room else endpoint: power
    for room, powers in BY_ROOM.items()
    for power, endpoints in powers.items()
    for endpoint in endpoints.split()
}
