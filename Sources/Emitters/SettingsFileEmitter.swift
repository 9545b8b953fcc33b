internal import Artifacts
internal import JSONText
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// The settings of step 5 in mgc's own neutral format, which `SettingsSchema` describes.
  static let settingsFile = Emitter { procedure in
    guard procedure.asks(for: .settings), !procedure.screens.isEmpty else { return [] }
    return [
      Artifact(
        Step.settings.path + "mailgates-settings.json",
        JSONDocument(SettingsDocument(procedure.tenant).value))
    ]
  }
}

/// The settings as JSON: one array a part, and only the parts that the contract asks for.
private struct SettingsDocument {
  let tenant: Tenant

  init(_ tenant: Tenant) { self.tenant = tenant }

  var value: JSONValue {
    .object([
      "format": .string(SettingsSchema.format),
      "format_version": .integer(SettingsSchema.version),
      "vendor_confirmed": .bool(false),
      "notice": .string(SettingsSchema.notice[tenant.language]),
      "tenant": .string(tenant.id.value.text),
      "language": .string(tenant.language.rawValue),
      "console": .string(tenant.gateway.console.value.rawValue),
      "settings": .object([
        "groups": part(.groups, GroupTree(tenant.groups).values),
        "mail_processing": part(.mailProcessing, processing),
        "lists": part(.lists, lists),
        "sender_authentication": part(.filtering, authentication),
        "filtering": part(.filtering, shown(tenant.settings.filtering?.value ?? [])),
        "bec": part(.bec, bec),
        "social_engineering": part(.bec, socialEngineering),
        "dictionaries": part(.review, dictionaries(tenant.settings.dictionaries)),
        "exclusion_dictionaries": part(
          .review, dictionaries(tenant.settings.exclusionDictionaries)),
        "review": part(.review, review),
        "review_delegation": part(.review, delegation),
        "delay": part(
          .delay,
          tenant.settings.delay.map { .object(["minutes": .integer($0.value.minutes.value)]) }),
        "bcc": part(
          .bcc, tenant.settings.bcc.map { .object(["above": .integer($0.value.above.value)]) }),
        "zip": part(.zip, zip),
        "attachment_link": part(.attachmentLink, link),
      ]),
    ])
  }

  private func part(_ setting: ContractMatrix.Setting, _ values: [JSONValue]) -> JSONValue? {
    let isAsked = ContractMatrix.row(of: setting).isAsked(by: tenant.contract)
    return isAsked && !values.isEmpty ? .array(values) : nil
  }

  private func part(_ setting: ContractMatrix.Setting, _ value: JSONValue?) -> JSONValue? {
    part(setting, value.map { [$0] } ?? [])
  }

  private var processing: JSONValue? {
    guard let processing = tenant.settings.mailProcessing?.value else { return nil }
    let parts: [JSONValue?] = [
      normal(processing.normal?.value), spam(processing.spam?.value),
      optional(shown(processing.virus)), optional(shown(processing.encryptedZip)),
      optional(shown(processing.notices)),
    ]
    guard parts.contains(where: { $0 != nil }) else { return nil }
    return .object([
      "normal": parts[0], "spam": parts[1], "virus": parts[2], "encrypted_zip": parts[3],
      "notices": parts[4],
    ])
  }

  private func normal(_ action: MailProcessing.NormalAction?) -> JSONValue? {
    switch action {
    case .systemDefault: .object(["action": .string("system-default")])
    case .deliver(let warning):
      .object([
        "action": .string("deliver"), "header": warning.header.map { .string($0.text) },
        "subject": warning.subject.map { .string($0.text) },
        "body": warning.body.map { .string($0.text) }, "utf8": .bool(warning.utf8),
      ])
    case nil: nil
    }
  }

  private func spam(_ action: MailProcessing.SpamAction?) -> JSONValue? {
    guard let action else { return nil }
    let (word, text): (StaticString, TextLine?) =
      switch action {
      case .systemDefault: ("system-default", nil)
      case .delete: ("delete", nil)
      case .changeHeader(let text): ("change-header", text)
      case .changeSubject(let text): ("change-subject", text)
      case .personalQuarantine: ("personal-quarantine", nil)
      case .domainQuarantine: ("domain-quarantine", nil)
      }
    return .object([
      "action": .string(word.description), "text": text.map { .string($0.text) },
    ])
  }

  private func shown(_ fields: [ShownField]) -> [JSONValue] {
    fields.map { field in
      .object(["field": .string(field.field.value.text), "value": .string(field.value.value.text)])
    }
  }

  private func optional(_ values: [JSONValue]) -> JSONValue? {
    values.isEmpty ? nil : .array(values)
  }

  private var lists: [JSONValue] {
    (tenant.settings.lists?.value ?? []).map { list in
      .object([
        "scope": scope(list.scope),
        "allow_senders": strings(list.allowSenders),
        "deny_senders": strings(list.denySenders),
        "allow_ips": strings(list.allowIPs),
        "deny_ips": strings(list.denyIPs),
        "allow_content": list.allowContent.isEmpty ? nil : strings(list.allowContent),
        "deny_content": list.denyContent.isEmpty ? nil : strings(list.denyContent),
      ])
    }
  }

  private var authentication: JSONValue? {
    tenant.settings.senderAuthentication.map { setting in
      .object([
        "spf": .bool(setting.value.spf), "dkim": .bool(setting.value.dkim),
        "dmarc": setting.value.dmarc.map { .bool($0) },
        "image_spam": setting.value.imageSpam.map { .bool($0) },
        "spf_exceptions": setting.value.spfExceptions.isEmpty
          ? nil : strings(setting.value.spfExceptions),
        "dmarc_exceptions": setting.value.dmarcExceptions.isEmpty
          ? nil : strings(setting.value.dmarcExceptions),
      ])
    }
  }

  private var bec: JSONValue? {
    guard let bec = tenant.settings.bec?.value,
      bec.similarInternalDomain != nil || bec.similarToHeaderPolicy
        || !bec.similarExternalDomains.isEmpty
    else { return nil }
    return .object([
      "similar_internal_domain": bec.similarInternalDomain.map { .string($0.rawValue) },
      "similar_to_header_policy": bec.similarToHeaderPolicy ? .bool(true) : nil,
      "similar_external_domains": .strings(bec.similarExternalDomains.map(\.value.ascii)),
    ])
  }

  private var socialEngineering: JSONValue? {
    guard let protection = tenant.settings.socialEngineering?.value,
      !protection.rewriteURLs.isEmpty || protection.bypassPolicy != nil
        || !protection.shown.isEmpty
    else { return nil }
    return .object([
      "rewrite_urls": .strings(protection.rewriteURLs.map(\.value.rawValue)),
      "bypass_policy": protection.bypassPolicy.map { .bool($0) },
      "as_shown": optional(shown(protection.shown)),
    ])
  }

  private var delegation: [JSONValue] {
    (tenant.settings.reviewDelegation?.value ?? []).map { delegate in
      switch delegate.value {
      case .childGroups: .string("child-groups")
      case .parentGroups: .string("parent-groups")
      case .asShown(let words): .object(["as_shown": .string(words.text)])
      }
    }
  }

  private func dictionaries(_ dictionaries: Located<[KeywordDictionary]>?) -> [JSONValue] {
    (dictionaries?.value ?? []).map { dictionary in
      let name = JSONValue.string(dictionary.name.value.text)
      return switch dictionary.content.value {
      case .phrases(let phrases): .object(["name": name, "phrases": strings(phrases)])
      case .regex(let regex): .object(["name": name, "regex": .string(regex.text)])
      }
    }
  }

  private var review: [JSONValue] {
    (tenant.settings.review?.value ?? []).map { rule in
      .object([
        "name": .string(rule.name.value.text),
        "scope": scope(rule.scope),
        "when": .object([
          "header": rule.when.header.map { .string($0.value.text) },
          "dictionary": rule.when.dictionary.map { .string($0.value.text) },
          "except_dictionary": rule.when.exceptDictionary.map { .string($0.value.text) },
          "recipients": recipients(rule.when.recipients),
          "sender": rule.when.sender.map { .string($0.value.description) },
          "attachment_extensions": rule.when.attachmentExtensions.isEmpty
            ? nil : strings(rule.when.attachmentExtensions),
        ]),
        "then": action(rule.then),
      ])
    }
  }

  private func recipients(_ recipients: ReviewRule.Recipients?) -> JSONValue? {
    switch recipients {
    case .external: .string("external")
    case .matching(let patterns): .object(["matching": strings(patterns)])
    case nil: nil
    }
  }

  private func action(_ action: ReviewRule.Action) -> JSONValue {
    if case .notify(let addresses) = action {
      .object(["notify": strings(addresses)])
    } else {
      .string(action.word)
    }
  }

  private var zip: JSONValue? {
    tenant.settings.zip.map { setting in
      .object([
        "trigger": trigger(setting.value.trigger),
        "except_recipients": strings(setting.value.exceptRecipients),
        "as_shown": optional(shown(setting.value.shown)),
      ])
    }
  }

  private var link: JSONValue? {
    tenant.settings.attachmentLink.map { setting in
      .object([
        "trigger": trigger(setting.value.trigger), "days": .integer(setting.value.days),
      ])
    }
  }

  private func scope(_ scope: Scope) -> JSONValue {
    switch scope {
    case .all: .object(["kind": .string("all")])
    case .domain(let name):
      .object(["kind": .string("domain"), "domain": .string(name.value.ascii)])
    case .group(let path):
      .object(["kind": .string("group"), "group": .string(path.value.description)])
    case .user(let address):
      .object(["kind": .string("user"), "user": .string(address.value.description)])
    }
  }

  private func trigger(_ trigger: AttachmentTrigger) -> JSONValue {
    switch trigger {
    case .subjectPrefix(let prefix): .object(["subject_prefix": .string(prefix.value.text)])
    case .senders(let patterns): .object(["senders": strings(patterns)])
    }
  }

  private func strings(_ values: [Located<some CustomStringConvertible>]) -> JSONValue {
    .strings(values.map(\.value.description))
  }
}
