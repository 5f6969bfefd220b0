import Testing

@Suite struct MailBeginning {}
