extension ProblemGuide {
  static let records: [Entry] = [
    Entry(
      "CHANGE_UNDER_WAY", "The job that makes a change of many students, or takes it back, is not over.",
      "Wait until the job is over, or cancel it first."),
    Entry(
      "CHANGE_UNDONE", "A change of many students can be taken back once.", "Make the change again if it is meant."),
    Entry(
      "AUDIENCE_EMPTY", "A message was to be sent to an audience that nobody belongs to today.",
      "Choose another audience; the form counts its people before you send."),
    Entry(
      "CONFLICT", "Something with the same key is there already, or something else still refers to this.",
      "Look at the record as it stands; change the key, or take away first what refers to it."),
    Entry(
      "MESSAGE_ON_ITS_WAY", "The message was sent, is being delivered, or waits for its time.",
      "Withdraw one that waits, then change it; what was delivered stays as it is."),
    Entry(
      "NOTICE_AUDIENCE", "A notice is for people its author may address: of the own school or sections.",
      "Choose an audience of the list, or send a message."),
    Entry(
      "NOTICE_NEVER_SENT", "A draft that nobody else has seen needs nobody's consent to its deletion.", "Delete it."),
    Entry(
      "NOTICE_NOT_YOURS", "Authors change, send and withdraw their notices; those who approve decide about them.",
      "Ask the author, or somebody who may approve notices there."),
    Entry(
      "NOTICE_OUT_OF_TURN", "The notice is in a state from which this step does not lead on.",
      "Look at how it stands now; the detail says what comes first."),
    Entry(
      "NOTICE_OVER", "The end of the notice lies in the past.", "Choose a later end, or none."),
    Entry(
      "NOTICE_OWN", "Nobody decides about a notice of his or her own.",
      "Ask somebody else who may approve notices there."),
    Entry(
      "RESTORE_CONFLICT", "Its key belongs to another record now, or what it belonged to was deleted apart from it.",
      "Change or delete the record in the way, or restore the other deletion first; the detail says which."),
    Entry(
      "RESTORE_NEEDS_RIGHTS", "The deletion holds records of a kind that you may not change yourself.",
      "Ask somebody who has the rights the detail names."),
    Entry(
      "RESTORE_TOO_LARGE", "The deletion came from the undo of an import or a bulk edit and holds very many records.",
      "Undo or repeat that import or edit instead."),
    Entry(
      "UNDO_CONFLICT", "The record was changed or used after that edit, or something it needs is gone.",
      "Compare the versions in the history and change the record by hand."),
    Entry(
      "UNDO_NEEDS_RIGHTS", "The edit concerns a kind of record that you may not change yourself.",
      "Ask somebody who has the rights the detail names."),
    Entry(
      "UNDO_NOT_OFFERED", "Records of this kind, such as sessions and keys, are never taken back.",
      "Change what is wrong on its own page."),
    Entry(
      "UNDO_TOO_LATE", "An import or a change of many students can be undone for 30 days.",
      "Change what is wrong by hand, or by another import."),
  ]

  static let people: [Entry] = [
    Entry("BEFORE_START", "The last day lies before the first.", "Choose a last day from the first day on."),
    Entry("CODE_TAKEN", "Another organisation or period has this code.", "Choose a code that is free."),
    Entry("GUARDIAN_ALREADY", "This person is a guardian of the student already.", "Change that entry instead."),
    Entry("GUARDIANS_FULL", "The student has as many guardians as can be shown.", "Remove one who is none any more."),
    Entry("NOT_A_SCHOOL", "The organisation is of a kind that has no students.", "Choose a school or college."),
    Entry("NUMBER_TAKEN", "Another student of the school has this number.", "Choose another, or leave it empty."),
    Entry("ORG_IN_ITSELF", "An organisation cannot stand below itself.", "Choose another place for it."),
    Entry("OUTSIDE_PARENT", "The period does not lie within the one it is part of.", "Choose days within that one."),
    Entry("OWN_GUARDIAN", "Nobody is their own guardian.", "Choose another person."),
    Entry("PERIOD_CLOSED", "The year or term is closed.", "Open it again to change what is in it."),
    Entry("STAFF_ALREADY", "This person is a member of staff already.", "Add a job to that entry."),
    Entry(
      "STATUS_REFUSED", "A student does not go from this status to that one directly.",
      "The detail lists the statuses that can follow."),
    Entry("STILL_IN_USE", "There are still records that belong to it.", "Move or delete those first."),
    Entry("YEAR_WITHIN", "A school year is part of no other period.", "Take away the period it is part of."),
  ]

  static let teaching: [Entry] = [
    Entry("AFTER_TERM", "The section has ended by that day.", "Choose a first day within its terms."),
    Entry("ALREADY_ASSIGNED", "This person has that part in the section already.", "Change that entry instead."),
    Entry("ALREADY_ENROLLED", "The student is enrolled in the section already.", "Nothing needs doing."),
    Entry(
      "ALREADY_IN_HOMEROOM", "A student has one homeroom at a time.",
      "End the other enrolment first, or give a later first day."),
    Entry(
      "ATTENDANCE_LOCKED", "The register was locked at the school's midnight.",
      "Ask somebody who may change locked registers; a reason has to be given."),
    Entry("BEFORE_FIRST", "The enrolment begins after that last day.", "Choose a last day from its first day on."),
    Entry("COURSE_CODE_TAKEN", "Another course of the school has this code.", "Choose another code."),
    Entry("COURSE_IN_USE", "Sections of this course are still there.", "Delete or move its sections first."),
    Entry("DATE_OUTSIDE_TERM", "The day lies outside the terms of the section.", "Choose a day within them."),
    Entry("NOT_ENROLLED", "The enrolment has ended already.", "Enrol the student anew if that is meant."),
    Entry("NOT_LATE", "Minutes go only with a late mark.", "Choose a late code, or leave the minutes out."),
    Entry("NOT_ON_REGISTER", "The student was not in the section on that day.", "Check the enrolment's days."),
    Entry("OTHER_SCHOOL", "The student belongs to another school than the section.", "Enrol at that school first."),
    Entry("REGISTER_EMPTY", "Nobody is enrolled in the section on that day.", "Enrol students first."),
    Entry("REGISTER_NOT_YET", "The day has not come yet.", "Take the register on the day itself."),
    Entry("SECTION_FULL", "All seats of the section are taken.", "Choose another section, or give it more seats."),
    Entry("TERM_CLOSED", "Only an open term takes enrolments.", "Open the term again, or choose another section."),
    Entry(
      "TOO_FEW_SEATS", "More students are enrolled than the section would have seats.",
      "Give it at least as many seats as students."),
    Entry("UNKNOWN_CODE", "The school has no attendance code of that letter.", "The detail lists the letters."),
  ]

  static let accounts: [Entry] = [
    Entry("ALREADY_SET_UP", "The first account was made already.", "Sign in, or ask its owner for an account."),
    Entry("BAD_SCOPE", "This right cannot be given that far.", "Choose one of the scopes the detail lists."),
    Entry("BAD_USER_NAME", "The user name has characters it cannot have.", "Use 2 to 64 letters and digits."),
    Entry(
      "BEYOND_OWN_RIGHTS", "It concerns rights that you do not have yourself.",
      "Ask an administrator: nobody gives or takes more than they have."),
    Entry("COMMON_PASSWORD", "The password is one that is tried first.", "Use a few words that do not go together."),
    Entry("INVALID_CREDENTIALS", "The name or the password is not right.", "Check both, or ask for a new password."),
    Entry(
      "LAST_ADMINISTRATOR", "Nobody would be left who may do everything.", "Make another administrator first."),
    Entry("LINK_SPENT", "The link was used, or its time is over.", "Ask for a new one."),
    Entry("LOGIN_NAME_TAKEN", "Another account is signed into with this name.", "Choose another name."),
    Entry(
      "NO_ADDRESS", "The account has no address that mail can be sent to.", "Make a link, and hand it over."),
    Entry("NO_SIGNING_KEY", "There is no key to sign tokens with at this moment.", "Try again in a few seconds."),
    Entry("OWN_ACCOUNT", "You cannot switch off the account you use.", "Ask another administrator."),
    Entry("OWN_WORDS", "The password has your name or address in it.", "Choose one that others cannot guess."),
    Entry(
      "PASSWORD_CHANGE_REQUIRED", "The password was set by somebody else.",
      "Choose one of your own at /account/password; until then nothing else is open."),
    Entry("PERSON_HAS_ACCOUNT", "This person has an account already.", "Give that account the role."),
    Entry("ROLE_ALREADY_GIVEN", "The account has this role there at that time.", "Change its days instead."),
    Entry("ROLE_FIXED", "The administrator's role always has every right.", "Make another role."),
    Entry("ROLE_IN_USE", "Accounts still have this role.", "Take it from them first."),
    Entry("ROLE_NAME_TAKEN", "Another role has this name.", "Choose another name."),
    Entry("SAME_PASSWORD", "This is the password you have.", "Choose another."),
    Entry("TAKEN", "Another record has this value.", "Choose another value."),
    Entry("TOKEN_EXPIRED", "The access token has expired.", "Refresh it, or sign in again."),
    Entry(
      "TOKEN_REUSED", "A refresh token came a second time, so somebody else may have it.",
      "Sign in again; the session was ended for safety."),
    Entry("TOO_MANY_ATTEMPTS", "Signing in failed too often.", "Wait as long as Retry-After says."),
    Entry("TOO_SHORT", "The password is too short.", "Use at least as many characters as the detail says."),
    Entry("UNAUTHORIZED", "Nobody is signed in, or the credential is not accepted.", "Sign in again."),
    Entry("UNKNOWN_PERMISSION", "There is no right of that name.", "The page of roles lists the rights."),
    Entry("UNKNOWN_ROLE", "There is no role of that name.", "The page of roles lists them."),
    Entry("WRONG_PASSWORD", "This is not your present password.", "Type it again, or ask for a new one."),
  ]
}
