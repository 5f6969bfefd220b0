import Kernel
import Web

extension FormFields {
  /// The version the form was read at.
  var version: Int { Int(text("version")) ?? 0 }
}

/// Days as pages say them in English.
enum DateWords {
  /// `1 Sep 2026 to 4 Jul 2027`, with words for open ends.
  static func span(_ first: SchoolDate?, _ last: SchoolDate?) -> String {
    switch (first, last) {
    case (nil, nil): "always"
    case (let first?, nil): "from \(first.words)"
    case (nil, let last?): "until \(last.words)"
    case (let first?, let last?): first == last ? "on \(first.words)" : "\(first.words) to \(last.words)"
    }
  }

  /// `13 years`, in full years on a day.
  static func age(_ birth: SchoolDate, on today: SchoolDate) -> Int {
    let (born, now) = (birth.civil, today.civil)
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day) ? 1 : 0)
  }
}

extension CountWords {
  /// `184`, `2,000 or more`
  static func figure(_ count: RowCount) -> String {
    switch count {
    case .exactly(let rows): grouped(rows)
    case .atLeast(let rows): "\(grouped(rows)) or more"
    }
  }

  private static func grouped(_ number: Int) -> String {
    let rest = String(number % 1000)
    return number < 1000 ? "\(number)" : "\(number / 1000)," + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension StudentStatus {
  /// How the status stands beside a name.
  var tone: Tone {
    switch self {
    case .active: .ok
    case .suspended: .danger
    case .onLeave, .inactive: .warn
    case .graduated, .withdrawn: .plain
    }
  }
}
