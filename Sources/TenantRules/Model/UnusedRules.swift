internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Declarations that nothing uses, and domains of which none has mail.
  static let unusedDeclarations = Rule([.unusedMailServer, .onlyParked], judgesAbsence: true) {
    input, bag in
    let domains = input.tenant.domains
    let active = domains.filter { $0.role != .parked }
    if active.isEmpty, let first = domains.first {
      bag.add(
        Diagnostic(
          .onlyParked, at: first.name.span,
          .init(
            ja: "メールに使うドメインが1つもない", en: "not one of the domains has mail"),
          help: .init(
            ja: "契約ドメインを加えるか、role を mail にする",
            en: "add the contract's domain, or make the role mail")))
      return
    }
    let names = Set(input.tenant.mailServers.map(\.name.value))
    // A misspelled or missing choice is a finding already, and explains an unused server.
    guard names.count > 1,
      active.allSatisfy({ $0.mailServer.map { names.contains($0.value) } ?? false })
    else { return }
    let used = Set(active.compactMap { $0.mailServer?.value })
    for server in input.tenant.mailServers where !used.contains(server.name.value) {
      bag.add(
        Diagnostic(
          .unusedMailServer, at: server.name.span,
          .init(
            ja: "メールサーバー「\(server.name.value)」を使うドメインがない",
            en: "no domain uses the mail server \"\(server.name.value)\""),
          help: .init(
            ja: "ドメインの mailServer に書くか、消す", en: "name it in a domain's mailServer, or remove it")))
    }
  }

  /// Groups beneath groups that are not declared.
  static let parentGroups = Rule([.undeclaredParent], judgesAbsence: true) { input, bag in
    let known = Set(input.tenant.groups.map(\.path.value.components))
    var reported: Set<[String]> = []
    for group in input.tenant.groups {
      let parent = Array(group.path.value.components.dropLast())
      guard !parent.isEmpty, !known.contains(parent), reported.insert(parent).inserted else {
        continue
      }
      let name = ("/" + parent.joined(separator: "/")).excerpt()
      bag.add(
        Diagnostic(
          .undeclaredParent, at: group.path.span,
          .init(
            ja: "上のグループ「\(name)」が宣言されていない",
            en: "the group above, \"\(name)\", is not declared"),
          help: .init(
            ja: "groups に加えるか、管理者画面で先に作る",
            en: "add it to groups, or make it in the console first")))
    }
  }

  /// Managers who are named as members too.
  static let managingMembers = Rule([.managerIsMember]) { input, bag in
    for group in input.tenant.groups where !group.managers.isEmpty {
      var managers: [String: SourceSpan] = [:]
      // Members are many: most are told from the managers by their length.
      var lengths: Set<Int> = []
      for manager in group.managers {
        let key = manager.value.description.lowercased()
        managers[key] = managers[key] ?? manager.span
        lengths.insert(manager.value.localPart.utf8.count)
      }
      for member in group.members where lengths.contains(member.value.localPart.utf8.count) {
        let address = member.value.description
        guard let place = managers[address.lowercased()] else { continue }
        bag.add(
          Diagnostic(
            .managerIsMember, at: member.span,
            .init(
              ja: "「\(address.excerpt())」はグループ管理者で、もうメンバーでもある",
              en: "\"\(address.excerpt())\" is a manager, and so a member already"),
            help: .init(ja: "members から消してよい", en: "it can be taken out of members"),
            labels: [.init(place, .init(ja: "管理者はここ", en: "the manager"))]))
      }
    }
  }
}

extension DiagnosticCode {
  static let unusedMailServer = DiagnosticCode(
    2107, .warning,
    title: .init(ja: "使われないメールサーバー", en: "a mail server that no domain uses"),
    explanation: .init(
      ja: "メールサーバーは、ドメインの mailServer から選ばれて初めて意味を持ちます。どのドメインも選んでいなければ、mailServer の書き間違いか、消し忘れです。",
      en:
        "A mail server matters once a domain chooses it by mailServer. If none does, a domain names the wrong one, or the server is a leftover."
    ),
    example:
      "mailServers: [{ name: m365, … }, { name: factory, … }]\ndomains: [{ name: kaede.example, mailServer: m365 }]"
  )
  static let undeclaredParent = DiagnosticCode(
    2109, .note,
    title: .init(ja: "宣言されていない上のグループ", en: "a group whose parent is not declared"),
    explanation: .init(
      ja: "グループ管理では、上のグループを選んでから「サブグループ追加」で作ります。上のグループは、管理者画面にもうあるか、先に作るかのどちらかです。",
      en:
        "In グループ管理 a group is made by サブグループ追加 beneath the one above, which has to be there already or be made first."
    ),
    example: "groups: [{ path: /本社/営業部, members: [sato@kaede.example] }]",
    source: "article 12011864025753")
  static let managerIsMember = DiagnosticCode(
    2119, .note,
    title: .init(ja: "メンバーにもあるグループ管理者", en: "a manager among the members"),
    explanation: .init(
      ja: "グループ管理者は、メンバーに印を付けたものです。managers に書けばメンバーにもなるので、members に書く必要はありません。",
      en:
        "A manager is a member with a mark. Who is named in managers is a member too, and need not be in members."
    ),
    example:
      "groups: [{ path: /営業部, managers: [yamada@kaede.example], members: [yamada@kaede.example] }]",
    source: "article 12011864025753")
}
