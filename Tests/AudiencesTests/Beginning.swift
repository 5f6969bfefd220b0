import Testing

@Suite struct AudiencesBeginning {}
