import Testing

@Suite struct MessagesBeginning {}
