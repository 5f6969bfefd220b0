import Foundation
import Kernel

/// What commands say to people and scripts.
enum Console {
  /// A line on standard output.
  static func say(_ line: String) { JSONLog.write(Array(line.utf8)) }

  /// A line on standard error.
  static func error(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// A problem in words on standard error: what happened, what to do, and the values at fault.
  static func complain(_ problem: Problem) {
    error("\(problem.title): \(problem.detail)")
    for fault in problem.errors { error("  \(fault.pointer): \(fault.detail)") }
  }

  /// A progress bar on one line of a terminal; nothing where standard error is no terminal.
  static func progress(_ done: Int, of total: Int, _ words: String) {
    guard isatty(STDERR_FILENO) == 1, total > 0 else { return }
    let width = 30
    let filled = min(width, done * width / total)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let line = "\r[\(bar)] \(done * 100 / total) %  \(words)"
    FileHandle.standardError.write(Data((done >= total ? line + "\n" : line).utf8))
  }
}
