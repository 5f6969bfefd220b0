import Testing

@Suite struct NoticesBeginning {}
