internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TableText
internal import TenantModel
internal import Wording

extension Emitter {
  /// For zones that people keep in the form of a DNS service: what to do to each record at each
  /// stage and on the way back, as a page, and as CSV where the zone is known.
  static let recordTables = Emitter { procedure in
    procedure.zoneStages.flatMap { domain, stage -> [Artifact] in
      guard domain.domain.publishes(.table) else { return [] }
      return [false, true].flatMap { isBack in
        let page = TablePage(procedure: procedure, domain: domain, stage: stage, isBack: isBack)
        let artifacts = [stage.artifact(.table, page.document, isBack: isBack)]
        return artifacts + (page.csv.map { [stage.artifact(.tableCSV, $0, isBack: isBack)] } ?? [])
      }
    }
  }
}

private struct TablePage {
  let procedure: Procedure
  let domain: DomainChanges
  let stage: ZoneStage
  let isBack: Bool

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  /// The changes as this page makes them.
  private var changes: [RecordChange] {
    isBack ? stage.changes.map { $0.inverse ?? $0.withdrawal } : stage.changes
  }

  private var lines: [RecordTable.Line] {
    changes.filter(\.isZoneKnown).flatMap { RecordTable($0).lines }
  }

  var document: MarkdownPage {
    var page = MarkdownPage()
    let step = stage.kind.step
    let name = stage.zone
    let zone: Markdown =
      name.isInternationalized
      ? "\(text: name.unicode) (\(code: name.ascii))" : "\(code: name.ascii)"
    page.heading(
      1,
      isBack
        ? say(
          "\(zone)：手順\(step.number)を元に戻すDNSの表", "\(zone): the way back from step \(step.number)")
        : say("\(zone)：手順\(step.number)のDNSの表", "\(zone): the records of step \(step.number)"))
    page.paragraph(
      say(
        "DNSの管理画面で、上の行から順に行います。いつ行うかと、その前に確かめることは\(code: "RUNBOOK.md")にあります。表にないレコードには触れないでください。",
        "What to do in the form of your DNS service, from the first row to the last. \(code: "RUNBOOK.md") says when, and what must hold before. Leave records alone that are not in the table."
      ))
    page.bullets(hints)
    if domain.isZoneKnown {
      let lines = lines
      page.table(header: header, rows: lines.map(row))
      if csv == nil, !lines.isEmpty {
        page.paragraph(
          say(
            "表計算ソフトが数式とみなす値があるため、この表のCSVはありません。",
            "There is no CSV of this table, for a spreadsheet could take a value for a formula."))
      }
      addLongTexts(lines, to: &page)
    } else {
      addUnknown(to: &page)
    }
    addWaiting(to: &page)
    page.checkboxes([
      say("行ったとおりにDNSで引けることを確かめた", "The DNS answers with what was done")
    ])
    return page
  }

  private var hints: [Markdown] {
    var hints = [
      say(
        "名前の欄がドメイン名を自動で補う画面では「相対名」を、補わない画面では「完全な名前」を入力します。\(code: "@")はドメインそのもので、空欄にする画面もあります。最後の\(code: ".")を受け付けない画面では付けません。",
        "Where the form adds the domain to the name by itself, enter the relative name; else the full one. \(code: "@") is the domain itself; some forms want an empty field. Leave out the last \(code: ".") where the form refuses it."
      ),
      say(
        "同じ名前と種別のレコードは1つのTTLを共有します。TTLを変えるときは、その組の行をすべて変えます。",
        "Records of one name and type share one TTL: where it changes, change it on every row of the set."
      ),
    ]
    if stage.changes.contains(where: { $0.type == .txt }) {
      hints.append(
        say(
          "TXTの値は引用符を付けずに書いてあります。引用符が要るかは画面の案内に従ってください。",
          "The values of TXT records are written without quotes. Whether quotes are needed is for your DNS service to say."
        ))
    }
    if stage.changes.contains(where: { $0.type == .mx }) {
      hints.append(
        say(
          "優先度の欄がない画面では、値を「優先度 ホスト名」のように続けて入力します。",
          "Where the form has no field for the priority, enter it before the host, with a blank between."
        ))
    }
    return hints
  }

  private var header: [Markdown] {
    [
      say("行うこと", "What to do"), say("相対名", "Relative name"), say("完全な名前", "Full name"),
      say("種別", "Type"), "TTL", say("今のTTL", "TTL now"), say("優先度", "Priority"),
      say("値", "Value"), say("置き換えられる今の値", "Value that it replaces"),
    ]
  }

  private func row(_ line: RecordTable.Line) -> [Markdown] {
    [
      procedure.say(line.action.phrase), "\(code: line.owner.relative)",
      "\(code: line.owner.absolute)", "\(code: line.type.description)",
      "\(code: line.ttl.description)", line.oldTTL.map { "\(code: $0.description)" } ?? "",
      line.datum.formPriority.map { "\(code: String($0))" } ?? "",
      "\(code: line.datum.formValue)", line.old.map { "\(code: $0.formValue)" } ?? "",
    ]
  }

  /// The table for programs and spreadsheets; nil where the zone is unknown, or a cell could be
  /// taken for a formula. The domain itself is an empty name there, for `@` is one.
  var csv: CSVTable? {
    guard domain.isZoneKnown else { return nil }
    let isJapanese = procedure.tenant.language == .ja
    let header: [CSVCell] =
      isJapanese
      ? ["行うこと", "相対名", "完全な名前", "種別", "TTL", "今のTTL", "優先度", "値", "置き換えられる今の値"]
      : [
        "What to do", "Relative name", "Full name", "Type", "TTL", "TTL now", "Priority", "Value",
        "Value that it replaces",
      ]
    let lines = lines
    guard !lines.isEmpty else { return nil }
    var rows: [[CSVCell]] = []
    for line in lines {
      guard let relative = CSVCell(line.owner.isApex ? "" : line.owner.relative),
        let owner = CSVCell(line.owner.absolute), let type = CSVCell(line.type.description),
        let value = CSVCell(line.datum.formValue), let old = CSVCell(line.old?.formValue ?? "")
      else { return nil }
      rows.append([
        line.action.cell(isJapanese: isJapanese), relative, owner, type,
        CSVCell(UInt(line.ttl.seconds)), line.oldTTL.map { CSVCell(UInt($0.seconds)) } ?? "",
        line.datum.formPriority.map { CSVCell(UInt($0)) } ?? "", value, old,
      ])
    }
    return CSVTable(header: header, rows: rows, encoding: .utf8WithMark)
  }

  private func addLongTexts(_ lines: [RecordTable.Line], to page: inout MarkdownPage) {
    let long = lines.filter { $0.datum.isLongText && $0.action != .delete }
    guard !long.isEmpty else { return }
    page.paragraph(
      say(
        "次の値は255オクテットを超えます。1行のまま入力できる画面と、下のように255オクテットまでの文字列に分けて入力する画面があります。ご利用のDNSサービスの案内に従ってください。文字列の間に空白は加わりません。",
        "These values are longer than 255 octets. Some forms take them in one line; others want them in strings of at most 255 octets, as below. See what your DNS service says. Nothing is added between the strings."
      ))
    for line in long {
      page.bullets(["\(code: line.owner.absolute)"])
      page.codeBlock(language: "text", line.datum.splitValue)
    }
  }

  /// Nobody knows what a record takes the place of, so this says what to look for.
  private func addUnknown(to page: inout MarkdownPage) {
    page.quote(
      say(
        "このゾーンの今の内容は、mgcには分かりません。入力する前に今のレコードを調べ、控えてください。控えは、元に戻すときに使います。",
        "mgc does not know what this zone holds today. Look its records up and write them down before you enter anything: they are the way back."
      ))
    let rows = stage.changes.flatMap { change -> [[Markdown]] in
      let name: [Markdown] = [
        "\(code: change.owner.relative)", "\(code: change.owner.absolute)",
        "\(code: change.type.description)", "\(code: change.ttl.description)",
      ]
      if change.purpose == .retiredKey { return retired(change, name) }
      guard !change.added.isEmpty else {
        let what =
          isBack
          ? say("控えたTTLに戻す", "set the TTL back to what you wrote down")
          : say("今のレコードのTTLをこの値に変える", "change the TTL of the records of today to this")
        return [[what] + name + ["", ""]]
      }
      return change.added.map { datum in
        [isBack ? takeBack(change) : look(change)] + name
          + [
            datum.formPriority.map { "\(code: String($0))" } ?? "", "\(code: datum.formValue)",
          ]
      }
    }
    page.table(
      header: [
        say("行うこと", "What to do"), say("相対名", "Relative name"), say("完全な名前", "Full name"),
        say("種別", "Type"), "TTL", say("優先度", "Priority"), say("値", "Value"),
      ], rows: rows)
  }

  /// The record of an old key, which goes whatever else is there.
  private func retired(_ change: RecordChange, _ name: [Markdown]) -> [[Markdown]] {
    let what =
      isBack
      ? say("控えた値を追加", "add what you wrote down") : say("控えてから削除", "write down, then delete")
    let data = change.removed.map { "\(code: $0.formValue)" as Markdown }
    return (data.isEmpty ? [""] : data).map { [what] + name + ["", $0] }
  }

  private func look(_ change: RecordChange) -> Markdown {
    switch change.purpose {
    case .spf where domain.domain.role != .parked:
      say(
        "\(code: "v=spf1")の値があれば、それに値の項目を書き足す。なければ、ほかの送信元も加えて追加",
        "where a value begins with \(code: "v=spf1"), add the terms to it; else add, with the other senders"
      )
    case .cutover:
      say("追加し、すべて追加した後で今のMXを削除", "add; when all are added, delete the MX records of before")
    case .spf, .dkim, .mailServerKey, .retiredKey, .dmarc, .reportAuthorization, .tlsReports,
      .transportPolicy, .lowerTTL, .restoreTTL:
      say("同じ用途の今の値があれば置き換え、なければ追加", "replace the value of the same kind, or add")
    }
  }

  private func takeBack(_ change: RecordChange) -> Markdown {
    if change.purpose == .cutover {
      return say("控えたMXをすべて戻した後で削除", "put back every MX that you wrote down, then delete")
    }
    return say("控えた値に置き換え、控えがなければ削除", "replace with what you wrote down, or delete")
  }

  private func addWaiting(to page: inout MarkdownPage) {
    guard !isBack else { return }
    for key in stage.waiting {
      page.bullets([
        say(
          "\(code: key.selector.owner(in: stage.zone).absolute)のTXT（DKIM）は、公開鍵が決まってから加わります。\(link: "\(code: "dkim.md")", to: "../dkim.md")を見てください。",
          "The TXT record at \(code: key.selector.owner(in: stage.zone).absolute) (DKIM) comes once the public key is known: see \(link: "\(code: "dkim.md")", to: "../dkim.md")."
        )
      ])
    }
  }
}

extension RecordTable.Action {
  fileprivate var phrase: MarkdownPhrase {
    switch self {
    case .add: MarkdownPhrase(ja: "追加", en: "add")
    case .replace: MarkdownPhrase(ja: "置き換え", en: "replace")
    case .delete: MarkdownPhrase(ja: "削除", en: "delete")
    case .changeTTL: MarkdownPhrase(ja: "TTLだけ変更", en: "change the TTL only")
    case .keep: MarkdownPhrase(ja: "そのまま", en: "keep")
    }
  }

  fileprivate func cell(isJapanese: Bool) -> CSVCell {
    switch self {
    case .add: isJapanese ? "追加" : "add"
    case .replace: isJapanese ? "置き換え" : "replace"
    case .delete: isJapanese ? "削除" : "delete"
    case .changeTTL: isJapanese ? "TTLだけ変更" : "change the TTL only"
    case .keep: isJapanese ? "そのまま" : "keep"
    }
  }
}
