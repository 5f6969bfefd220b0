import Testing

@Suite struct OutboxBeginning {}
