import Markup

/// The little school that the preview shows.
enum PreviewSample {
  static let menu = [
    MenuEntry("Today", icon: .today, path: "/today"),
    MenuEntry(
      "People", icon: .people, path: "/people/students",
      children: [
        MenuChild("Students", path: "/people/students"), MenuChild("Guardians", path: "/people/guardians"),
      ]),
    MenuEntry("Attendance", icon: .attendance, path: "/attendance/day"),
    MenuEntry("Timetable", icon: .timetable, path: "/timetable/week"),
    MenuEntry("Messages", icon: .messages, path: "/messages", count: 2, countLabel: "2 unread"),
    MenuEntry("Reports", icon: .reports, path: "/reports"),
  ]

  static let bottomBar = [
    MenuEntry("Today", icon: .today, path: "/today"),
    MenuEntry("Register", icon: .attendance, path: "/preview/register", isCurrent: true),
    MenuEntry("Timetable", icon: .timetable, path: "/timetable/week"),
    MenuEntry("More", icon: .more, path: "/more"),
  ]

  static let school = SchoolSwitch(
    school: "Alder Bay School", year: "2026/27",
    schools: [
      .init("Alder Bay School", path: "/preview", aside: "1,218", isCurrent: true),
      .init("Alder Bay Primary", path: "/preview", aside: "406"),
    ],
    years: [
      .init("2026/27", path: "/preview", aside: "Term 1", isCurrent: true),
      .init("2025/26", path: "/preview", aside: "read only"),
    ])

  /// Names as schools have them: long and short, in several scripts.
  static let students: [(name: String, also: String?, born: String, guardian: String)] = [
    ("Adaeze Nwosu", nil, "1 Jan 2013", "Chinwe Nwosu"),
    ("Anika Sharma", "अनिका शर्मा", "6 Mar 2013", "Rajesh Sharma"),
    ("Björk Jónsdóttir", nil, "11 May 2013", "Jón Einarsson"),
    ("Daniyar Seitkali", "Данияр Сейтқали", "16 Jul 2013", "Aigul Seitkali"),
    ("Fatima al-Zahrani", "فاطمة الزهراني", "21 Sep 2012", "Huda al-Zahrani"),
    ("Giulia Ferrante", nil, "26 Nov 2012", "Paolo Ferrante"),
    ("Kim Seo-yeon", "김서연", "13 May 2013", "Kim Ji-hye"),
    ("Łukasz Wiśniewski", nil, "28 Nov 2012", "Marta Wiśniewska"),
    ("Nguyễn Thị Minh Anh", nil, "4 Mar 2013", "Trần Thị Hương"),
    ("Oskar Müller-Brandt", nil, "20 Jul 2013", "Silke Brandt"),
    ("Rosa Quispe Mamani", nil, "25 Sep 2012", "Elvira Mamani"),
    ("Zoë Ångström", nil, "2 Nov 2012", "Måns Ångström"),
  ]

  static let marks = [
    RegisterList.Choice(value: "present", letter: "P", label: "Present", shape: .present),
    RegisterList.Choice(value: "absent", letter: "A", label: "Absent", shape: .absent),
    RegisterList.Choice(value: "late", letter: "L", label: "Late", shape: .late),
    RegisterList.Choice(value: "excused", letter: "E", label: "Excused", shape: .excused),
  ]

  /// Thirty students with every state a row can have.
  static let register: [RegisterList.Row] = (0..<30).map { index in
    let student = students[index % students.count]
    var row = RegisterList.Row(key: "s\(index)", name: student.name)
    row.path = "/people/\(index)"
    row.lastMarks = (0..<5).map { marks[(index * 7 + $0 * 3) % 11 == 0 ? 1 : (index + $0) % 13 == 0 ? 2 : 0] }
    switch index {
    case 4: row.alert = (.heart, "Insulin at 10:45")
    case 6: row.chosen = "absent"
    case 7: (row.chosen, row.minutes) = ("late", 12)
    case 9: (row.chosen, row.note) = ("present", "Sits in front")
    case 18: (row.chosen, row.conflict) = ("absent", "Ms Lee marked late at 09:02. Your mark is not saved yet.")
    case 20: row.error = "Minutes are a whole number from 0 to 600."
    case 27: (row.chosen, row.alert) = ("excused", (.clock, "Dentist, back 10:30"))
    default: break
    }
    return row
  }
}
