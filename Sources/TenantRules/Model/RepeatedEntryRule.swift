internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Entries that stand twice in a list. Members of groups, services and the gateway's addresses
  /// have findings of their own.
  static let repeatedEntries = Rule([.repeatedEntry]) { input, bag in
    let tenant = input.tenant
    func judge<Key: Hashable>(_ list: [Located<Key>], _ text: (Key) -> String) {
      guard list.count > 1 else { return }
      for (again, first) in list.repetitions(of: \.value) where again.span != first.span {
        bag.add(.repeatedEntry(text(again.value), at: again.span, first: first.span))
      }
    }
    func judge<Key: Hashable & CustomStringConvertible>(_ list: [Located<Key>]) {
      judge(list) { $0.description }
    }
    judge(tenant.contacts.map { contact in contact.mail.map { "\(contact.role.rawValue) \($0)" } })
    for server in tenant.mailServers {
      judge(server.addresses)
      if case .microsoft365(let settings) = server.kind { judge(settings.sharedMailboxes) }
    }
    for domain in tenant.domains {
      judge(domain.publish) { $0.rawValue }
      judge((domain.spf?.senders ?? []).map { $0.map(\.identity) }) { $0.description }
      judge((domain.spf?.remove ?? []).map { $0.map(\.identity) }) { $0.description }
      judge(domain.dmarc?.aggregateReports ?? [])
      judge(domain.dmarc?.failureReports ?? [])
      judge(domain.tlsReports)
    }
    let settings = tenant.settings
    for list in settings.lists?.value ?? [] {
      judge(list.allowSenders)
      judge(list.denySenders)
      judge(list.allowIPs)
      judge(list.denyIPs)
      judge(list.allowContent)
      judge(list.denyContent)
    }
    judge(settings.bec?.value.similarExternalDomains ?? [])
    judge(settings.senderAuthentication?.value.spfExceptions ?? [])
    judge(settings.senderAuthentication?.value.dmarcExceptions ?? [])
    judge(settings.socialEngineering?.value.rewriteURLs ?? []) { $0.rawValue }
    for rule in settings.review?.value ?? [] {
      if case .matching(let patterns) = rule.when.recipients { judge(patterns) }
      judge(rule.when.attachmentExtensions)
      judge(rule.then.notified)
    }
    for dictionary in (settings.dictionaries?.value ?? [])
      + (settings.exclusionDictionaries?.value ?? [])
    {
      if case .phrases(let phrases) = dictionary.content.value { judge(phrases) }
    }
    judge(settings.zip?.value.exceptRecipients ?? [])
    for trigger in [settings.zip?.value.trigger, settings.attachmentLink?.value.trigger] {
      if case .senders(let senders) = trigger { judge(senders) }
    }
  }
}

extension Diagnostic {
  fileprivate static func repeatedEntry(
    _ text: String, at span: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .repeatedEntry, at: span,
      .init(
        ja: "「\(text.excerpt())」がこのリストに2回ある",
        en: "\"\(text.excerpt())\" stands twice in this list"),
      help: .init(ja: "一方を消す", en: "remove one of the two"), labels: [.first(first)])
  }
}

extension DiagnosticCode {
  static let repeatedEntry = DiagnosticCode(
    2126, .warning,
    title: .init(ja: "リストに2回ある項目", en: "an entry that stands twice in a list"),
    explanation: .init(
      ja: "同じ項目を2回書いても意味は変わりません。写すときに1つを書き換え忘れたのかもしれません。",
      en:
        "To write an entry twice changes nothing. Perhaps it was copied, and should have been changed."
    ),
    example: "lists: [{ scope: all, allowSenders: ['*@partner.example', '*@partner.example'] }]")
}
