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
        "bec": part(.bec, bec),
        "dictionaries": part(.review, dictionaries),
        "review": part(.review, review),
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
    guard let spam = tenant.settings.mailProcessing?.value.spam?.value else { return nil }
    let (action, text): (StaticString, TextLine?) =
      switch spam {
      case .systemDefault: ("system-default", nil)
      case .delete: ("delete", nil)
      case .changeHeader(let text): ("change-header", text)
      case .changeSubject(let text): ("change-subject", text)
      case .personalQuarantine: ("personal-quarantine", nil)
      case .domainQuarantine: ("domain-quarantine", nil)
      }
    return .object([
      "spam": .object([
        "action": .string(action.description), "text": text.map { .string($0.text) },
      ])
    ])
  }

  private var lists: [JSONValue] {
    (tenant.settings.lists?.value ?? []).map { list in
      .object([
        "scope": scope(list.scope),
        "allow_senders": strings(list.allowSenders),
        "deny_senders": strings(list.denySenders),
        "allow_ips": strings(list.allowIPs),
        "deny_ips": strings(list.denyIPs),
      ])
    }
  }

  private var authentication: JSONValue? {
    tenant.settings.senderAuthentication.map { setting in
      .object([
        "spf": .bool(setting.value.spf), "dkim": .bool(setting.value.dkim),
        "dmarc": setting.value.dmarc.map { .bool($0) },
        "image_spam": setting.value.imageSpam.map { .bool($0) },
      ])
    }
  }

  private var bec: JSONValue? {
    guard let bec = tenant.settings.bec?.value,
      bec.similarInternalDomain != nil || !bec.similarExternalDomains.isEmpty
    else { return nil }
    return .object([
      "similar_internal_domain": bec.similarInternalDomain.map { .string($0.rawValue) },
      "similar_external_domains": .strings(bec.similarExternalDomains.map(\.value.ascii)),
    ])
  }

  private var dictionaries: [JSONValue] {
    (tenant.settings.dictionaries?.value ?? []).map { dictionary in
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
          "recipients": rule.when.recipients.map { .string($0.rawValue) },
          "sender": rule.when.sender.map { .string($0.value.description) },
        ]),
        "then": .string(rule.then.rawValue),
      ])
    }
  }

  private var zip: JSONValue? {
    tenant.settings.zip.map { setting in
      .object([
        "trigger": trigger(setting.value.trigger),
        "except_recipients": strings(setting.value.exceptRecipients),
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

/// Groups as the tree that the console shows below 最上層, in the order of tenant.yaml.
private struct GroupTree {
  private struct Node {
    let name: String
    let path: String
    var managers: [String] = []
    var members: [String] = []
    var children: [Int] = []
  }

  /// The first one is 最上層 itself.
  private var nodes = [Node(name: "", path: "")]

  init(_ groups: [Group]) {
    var index: [String: Int] = ["": 0]
    for group in groups {
      var current = 0
      for name in group.path.value.components {
        let path = nodes[current].path + "/" + name
        if let known = index[path] {
          current = known
        } else {
          nodes.append(Node(name: name, path: path))
          nodes[current].children.append(nodes.count - 1)
          current = nodes.count - 1
          index[path] = current
        }
      }
      nodes[current].managers += group.managers.map(\.value.description)
      nodes[current].members += group.otherMembers.map(\.description)
    }
  }

  var values: [JSONValue] { nodes[0].children.map(value) }

  /// As deep as a path has parts.
  private func value(_ index: Int) -> JSONValue {
    let node = nodes[index]
    return .object([
      "name": .string(node.name), "path": .string(node.path),
      "managers": .strings(node.managers), "members": .strings(node.members),
      "subgroups": .array(node.children.map(value)),
    ])
  }
}

extension Group {
  /// The members who are not managers, each once.
  var otherMembers: [EmailAddress] {
    var seen = Set(managers.map(\.value))
    return members.map(\.value).filter { seen.insert($0).inserted }
  }
}
