internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// Settings to merge into main.cf, the tables that they name, and the page that explains them.
  static let postfixFiles = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .postfix(let server, let postfix) = connection.kind else { return [] }
      let files = PostfixFiles(connection: connection, postfix: postfix)
      let pages = PostfixPages(
        procedure: procedure, connection: connection, server: server, postfix: postfix)
      let scripts = PostfixScripts(
        procedure: procedure, connection: connection, postfix: postfix, files: files)
      return files.artifacts + scripts.artifacts + pages.artifacts
    }
  }
}

/// What Postfix reads (postconf(5), access(5), cidr_table(5)). The gateway never enters
/// `mynetworks`, which would let it relay, and `smtpd_relay_restrictions` is left alone.
struct PostfixFiles {
  let connection: MailServerConnection
  let postfix: PostfixConnection

  /// The names of the tables, beside main.cf.
  static let clients = "mailgates_clients.cidr"
  static let senders = "mailgates_sender_relay"
  static let levels = "mailgates_tls_policy"
  /// The settings that start the outbound route; until then nothing names the last two tables.
  static let start = "start-outbound.cf"

  var artifacts: [Artifact] {
    let now = connection.folder(of: .mailServer)
    var result: [Artifact] = []
    if let inbound = postfix.inbound {
      result.append(Artifact(now + "main.cf", mainCf))
      let open = clientTable(inbound.egress, others: .pass)
      result.append(Artifact(now + "mailgates_clients.cidr", open))
      if inbound.refusesOthers {
        result.append(
          Artifact(
            connection.folder(of: .afterwards) + "mailgates_clients.cidr",
            clientTable(inbound.egress, others: .refuse)))
        result.append(
          Artifact(
            connection.rollbackFolder(of: .afterwards) + "mailgates_clients.cidr", open))
      }
    }
    if let outbound = postfix.outbound {
      result.append(Artifact(now + "mailgates_sender_relay", senderTable(outbound)))
      result.append(Artifact(now + "mailgates_tls_policy", policyTable(outbound)))
      result.append(Artifact(now + "start-outbound.cf", startCf(outbound)))
    }
    return result
  }

  private var mainCf: PostfixMainCf {
    var main = fragment
    main.blank()
    main.comment("Mail from MailGates passes before any other check of the client. The table")
    main.comment("refuses nobody until step 8 (close direct delivery). Do not add the gateway to")
    main.comment("mynetworks.")
    main.set(
      "smtpd_client_restrictions",
      """
      permit_mynetworks, permit_sasl_authenticated, \
      check_client_access cidr:$config_directory/mailgates_clients.cidr
      """)
    return main
  }

  private func startCf(_ outbound: PostfixConnection.Outbound) -> PostfixMainCf {
    var main = fragment
    main.comment("Mail is sent by way of MailGates from the moment that these are in place: see")
    main.comment("start-outbound.md.")
    main.blank()
    main.comment(
      "Mail from the contracted domains, and no other mail, leaves by way of MailGates.")
    main.set(
      "sender_dependent_relayhost_maps", "texthash:$config_directory/mailgates_sender_relay")
    main.set("smtp_tls_policy_maps", "texthash:$config_directory/mailgates_tls_policy")
    if outbound.tls == .certificate {
      main.comment("The authorities that certificates are checked with: this is where Debian and")
      main.comment("Ubuntu keep them; elsewhere it is often /etc/pki/tls/certs/ca-bundle.crt.")
      main.set("smtp_tls_CAfile", "/etc/ssl/certs/ca-certificates.crt")
    }
    return main
  }

  private var fragment: PostfixMainCf {
    var main = PostfixMainCf()
    main.comment("Settings to merge into main.cf; this is not a whole main.cf.")
    main.comment("Where a parameter is set already, extend its value: a second line would win.")
    return main
  }

  /// What is done with everyone but the gateway.
  enum Others {
    case pass
    /// They pass, and the log says who they were (access(5)).
    case warn
    case refuse
  }

  /// One row for each network of the gateway, then one for everyone else.
  func clientTable(_ egress: [IPPrefix], others: Others) -> PostfixTable {
    var table = PostfixTable(.cidr)
    table.comment("The addresses that MailGates delivers from. The first row that matches counts.")
    for prefix in egress { table.row("\(PostfixWord(prefix))", "OK") }
    table.blank()
    let action: PostfixText
    switch others {
    case .pass:
      table.comment("Before the cutover: everyone else goes on to the other checks.")
      action = "DUNNO"
    case .warn:
      table.comment("After the cutover, at first: everyone else is logged, and passes.")
      action = "WARN MailGates did not deliver this: it is refused after the lockdown"
    case .refuse:
      table.comment("After the cutover: everyone else is refused.")
      action = "REJECT Mail for this domain is accepted only via its gateway"
    }
    for all in ["0.0.0.0/0", "::/0"] as [PostfixKey] { table.row(all, action) }
    return table
  }

  func senderTable(_ outbound: PostfixConnection.Outbound) -> PostfixTable {
    var table = PostfixTable(.texthash)
    table.comment(
      "Sender domains of the contract. The brackets turn off the look-up of MX records.")
    for domain in connection.domains {
      table.row("@\(PostfixWord(domain.name.value))", "\(outbound.nextHop)")
    }
    return table
  }

  func policyTable(_ outbound: PostfixConnection.Outbound) -> PostfixTable {
    var table = PostfixTable(.texthash)
    table.comment("The key has to be the next hop as mailgates_sender_relay writes it.")
    table.row("[\(PostfixWord(outbound.relay))]:\(outbound.port)", outbound.level)
    return table
  }
}

extension PostfixConnection.Inbound {
  /// Whether others are refused after the cutover. Postfix tells the gateway by its addresses, so
  /// nothing is refused where another way was asked for.
  var refusesOthers: Bool {
    if case .address = lockdown?.value { true } else { false }
  }
}

extension PostfixConnection.Outbound {
  /// The relay as a next hop: brackets, and always the port.
  var nextHop: PostfixText { "[\(PostfixWord(relay))]:\(port)" }

  /// What smtp_tls_policy_maps says about the relay.
  var level: PostfixText {
    switch tls {
    case .opportunistic: "may"
    case .required: "encrypt"
    case .certificate: "secure match=\(PostfixWord(relay))"
    }
  }
}
