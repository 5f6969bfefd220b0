import Testing

@Suite struct RedisBeginning {}
