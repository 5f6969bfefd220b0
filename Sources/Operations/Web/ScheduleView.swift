import Jobs
import Kernel
import Markup
import Web

struct ScheduleListView: View {
  let lines: [ScheduleLine]
  let titles: [String: String]
  let words: MomentWords

  var body: HTML {
    PageHeader(
      "Schedules", about: "What is done again and again. What comes due while the machine is off is made up for.")
    DataTable(
      caption: "Schedules by name",
      columns: [
        .init("What"), .init("When"), .init("Next", .unbroken), .init("Last", .unbroken), .init("Missed runs"),
      ],
      rows: lines.map(row))
  }

  private func row(_ line: ScheduleLine) -> DataTable.Row {
    let title = titles[line.schedule.kind] ?? line.schedule.kind
    return DataTable.Row(
      name: title, lead: a(.href(OperationsPaths.schedule(line.schedule.id))) { title },
      cells: [
        code { line.schedule.cron }, line.schedule.isOn ? HTML(text: line.next.map(words.moment) ?? "–") : "Off",
        HTML(text: line.last.map { words.moment($0.dueAt) } ?? "–"), HTML(text: line.schedule.missed.words),
      ])
  }
}

extension MissedRuns {
  /// What people read.
  var words: String {
    switch self {
    case .once: "Made up for once"
    case .each: "Made up for each"
    }
  }
}

struct ScheduleView: View {
  let schedule: JobSchedule
  let draft: ScheduleDraft
  let title: String
  let runs: [PlannedRun]
  let faults: [Problem.FieldError]
  let installationZone: String
  let words: MomentWords

  var body: HTML {
    if !faults.isEmpty { ErrorSummary(faults.map { .init($0.detail, field: String($0.pointer.dropFirst())) }) }
    PageHeader(title) {
      form(.method(.post), .action(OperationsPaths.runs(of: schedule.id))) { Button("Run now") }
    }
    editor
    PageSection("Runs", aside: runs.isEmpty ? nil : "newest first") {
      if runs.isEmpty {
        EmptyState("Nothing yet", icon: .jobs, reason: "It has not come due since it began.")
      } else {
        DataTable(
          caption: "Runs, newest first",
          columns: [.init("Due", .unbroken), .init("What became of it"), .init("Stands for missed", .number)],
          rows: runs.map(row))
      }
    }
  }

  private var editor: HTML {
    form(.method(.post), .action(OperationsPaths.schedule(schedule.id)), .novalidate()) {
      Hidden("version", String(schedule.version))
      Field(
        "When", name: "cron", .line(draft.cron),
        hint: "Minute, hour, day of the month, month, day of the week: 0 2 * * * is every night at two.",
        error: fault("cron"), isRequired: true)
      Field(
        "Time zone", name: "zone", .line(draft.zone), hint: "Empty for that of the installation, \(installationZone).",
        error: fault("zone"), isOptional: true)
      Field(
        "Runs missed while the machine was off", name: "missed",
        .select(MissedRuns.allCases.map { .init($0.rawValue, $0.words, isChosen: $0 == draft.missed) }))
      Field(
        "State", name: "isOn",
        .select([.init("on", "On", isChosen: draft.isOn), .init("off", "Off", isChosen: !draft.isOn)]),
        hint: "What comes due while it is off is not made up for.")
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: OperationsPaths.schedules)
      }
    }
  }

  private func fault(_ field: String) -> String? { faults.first { $0.pointer == "/" + field }?.detail }

  private func row(_ run: PlannedRun) -> DataTable.Row {
    let due = words.moment(run.dueAt)
    return DataTable.Row(
      name: due, lead: HTML(text: due),
      cells: [
        run.job.map { job in a(.href(OperationsPaths.job(job))) { "Put in line" } }
          ?? HTML(text: "Passed over. " + (run.skipped ?? "")),
        HTML(text: run.missed > 0 ? "\(run.missed)" : "–"),
      ])
  }
}
