import Academics
import Accounts
import Attendance
import Directory
import Interop
import Kernel
import Markup
import Messages
import Notices
import Operations
import Outbox
import Rights
import Web

extension Site {
  /// The menu of Homeroom. An entry is shown to whoever may use it; the right itself is asked for again at the door.
  static func homeroom(zone: Zone) -> Site {
    Site(
      places: [
        Place("Today", icon: .today, path: "/today"),
        Place(
          "People", icon: .people, path: "/people/students",
          within: [
            Within("Students", path: "/people/students", needs: [.viewStudents]),
            Within("Guardians", path: "/people/guardians", needs: [.viewGuardians]),
            Within("Staff", path: "/people/staff", needs: [.viewStaff]),
          ]),
        AttendanceModule.place,
        AcademicsModule.place,
        MessagesModule.place,
        NoticesModule.place,
      ],
      lastPlaces: [
        Place(
          "Admin", icon: .admin, path: "/admin/accounts",
          within: AccountsModule.places + [
            Within("Schools", path: "/admin/orgs", needs: [.viewOrgs]),
            Within("Years and terms", path: "/admin/periods", needs: [.viewOrgs]),
            AcademicsModule.coursesPlace,
            InteropModule.place,
          ] + OutboxModule.places + OperationsModule.places(HistoryRights(audit: .viewAudit, restore: .restoreRecords)))
      ],
      phonePlaces: [
        Place("Today", icon: .today, path: "/today"),
        Place("Attendance", icon: .attendance, path: "/attendance/day", needs: [.takeAttendance, .viewAttendance]),
        Place("People", icon: .people, path: "/people/students", needs: [.viewStudents]),
        Place("Sections", icon: .learning, path: "/sections", needs: [.viewSections]),
      ], zone: zone)
  }
}
