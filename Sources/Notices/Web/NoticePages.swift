import Kernel
import Markup
import Rights
import Web

/// One notice: to read, and for those who take part in its life to decide about.
struct NoticePages: Sendable {
  let service: NoticesService
  let zone: Zone
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    let taking = Endpoint.Access.needsAny([.writeNotices, .approveNotices])
    return [
      .page("/notices/{id}", "A notice, with the story of its life for those who take part in it.", .signedIn, show),
      .form("/notices/{id}/status", "Takes a step with a notice: sends, approves or deletes it …", taking, step),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    try page(try await service.notice(try call.id("id"), actor: call.actor), call)
  }

  private func step(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: NoticeID = try call.id("id")
    let form = try call.form()
    guard let step: NoticeStep = try form.word("step"), step != .change else { throw Problem.notFound("step") }
    do {
      let taken = try await service.take(
        step, of: id, version: Int(form.text("version")) ?? 0, because: form.filled(step.reasonField), actor: actor)
      guard let deletion = taken.deletion else {
        return .seeOther(NoticesPaths.notice(id), flash: step.done)
      }
      let list = taken.notice.author == actor.account ? NoticesPaths.mine : NoticesPaths.all
      return .seeOther(list, flash: step.done, undo: undo(deletion))
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(
        NoticesPaths.notice(id), flash: "Somebody changed this notice meanwhile. Read it again, then decide.")
    } catch let error as any ProblemConvertible where error.problem.kind == .conflict {
      return .seeOther(NoticesPaths.notice(id), flash: error.problem.detail)
    } catch let error as any ProblemConvertible where error.problem.kind == .invalid {
      let detail = try await service.notice(id, actor: actor)
      let errors = error.problem.errors.map { fault in
        Problem.FieldError(
          pointer: fault.pointer == "/reason" ? "/\(step.reasonField)" : fault.pointer, code: fault.code,
          detail: fault.detail)
      }
      let faults = FormFaults(.invalid(errors), fields: [step.reasonField])
      return try page(detail, call, asking: step, reason: form.text(step.reasonField), faults)
    }
  }

  private func page(
    _ detail: NoticeDetail, _ call: Call, asking step: NoticeStep? = nil, reason: String = "",
    _ faults: FormFaults = FormFaults()
  ) throws -> Reply {
    let actor = try call.actor
    let view = NoticeView(
      detail: detail, isOwn: detail.notice.author != nil && detail.notice.author == actor.account,
      asking: step, reason: reason, faults: faults, times: NoticeTimes(zone: zone), now: call.at)
    return try call.page(
      detail.notice.title, within: NoticesPaths.board, status: step == nil ? 200 : 422,
      breadcrumbs: [Crumb("Notices", path: NoticesPaths.board), Crumb(detail.notice.title)], hasErrors: step != nil
    ) { view }
  }
}

extension NoticeStep {
  /// What is said when it was taken.
  var done: String {
    switch self {
    case .change: "Saved."
    case .ask: "Sent for approval."
    case .withdraw: "Taken back: it is a draft again."
    case .approve: "Approved."
    case .reject: "Rejected. Its author reads why."
    case .askDeletion: "Its deletion is asked for. Until somebody decides, it is off the board."
    case .keep: "Kept: it is what it was."
    case .delete: "Notice deleted. The recycle bin has it."
    }
  }
}
