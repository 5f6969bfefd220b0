import ArgumentParser
import Testing

@testable import HomeroomApp

@Suite struct `The command line` {
  @Test(arguments: [
    (["version"], 0), (["--help"], 0), (["no-such-command"], 2), (["seed", "demo", "--students", "0"], 2),
    (["seed", "demo", "--students", "many"], 2), (["serve", "--port", "70000"], 2),
    (["migrate", "up", "--nonsense"], 2),
  ])
  func `ends with the documented exit code`(arguments: [String], code: Int) async {
    #expect(await Homeroom.run(arguments) == Int32(code))
  }

  @Test func `describes every command with an example`() {
    for command in HomeroomCommand.configuration.subcommands {
      let all = command.configuration.subcommands.isEmpty ? [command] : command.configuration.subcommands
      for one in all where one.configuration.commandName != "version" {
        #expect(
          (one.configuration.discussion + command.configuration.discussion).contains("Example: homeroom"),
          "\(one) has no example")
      }
    }
  }
}
