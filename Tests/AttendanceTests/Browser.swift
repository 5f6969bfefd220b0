import Academics
import Attendance
import Kernel
import Markup
import Web
import WebTestSupport

extension School {
  /// The pages and the API of teaching and attendance, without a server.
  var pipeline: Pipeline {
    let student: @Sendable (StudentID) -> Path = { "/people/students/\($0)" }
    let teaching = AcademicsModule(
      service: academics, zone: .utc, links: [AttendanceModule.sectionLink], studentPath: student)
    let registers = AttendanceModule(service: attendance, zone: .utc, studentPath: student)
    return Pipeline(
      teaching.endpoints + registers.endpoints, site: .bare,
      authenticator: NamedActors([
        "office": office, "amara": amara, "ben": ben, "grace": grace, "elsewhere": officeElsewhere,
      ]), clock: clock)
  }
}
