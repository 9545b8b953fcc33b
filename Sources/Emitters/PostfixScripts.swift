internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// Scripts that put the files of `PostfixFiles` in place, one a stage. Run without a word they look
/// and change nothing; lockdown and its table are in no script of an earlier step.
struct PostfixScripts {
  let connection: MailServerConnection
  let postfix: PostfixConnection
  let files: PostfixFiles
  let exchangers: [DomainName]

  init(
    procedure: Procedure, connection: MailServerConnection, postfix: PostfixConnection,
    files: PostfixFiles
  ) {
    self.connection = connection
    self.postfix = postfix
    self.files = files
    exchangers = procedure.tenant.gateway.mx.map(\.host.value)
  }

  var artifacts: [Artifact] {
    let now = connection.folder(of: .mailServer)
    let back = connection.rollbackFolder(of: .mailServer)
    var result: [Artifact] = []
    if let inbound = postfix.inbound {
      result.append(Artifact(now + "connect.sh", connect(inbound)))
      result.append(Artifact(back + "disconnect.sh", disconnect))
      if inbound.refusesOthers {
        result.append(
          Artifact(connection.folder(of: .afterwards) + "lockdown.sh", lockdown(inbound)))
        result.append(
          Artifact(connection.rollbackFolder(of: .afterwards) + "reopen.sh", reopen(inbound)))
      }
    }
    if let outbound = postfix.outbound {
      result.append(Artifact(now + "start-outbound.sh", start(outbound)))
      result.append(Artifact(back + "stop-outbound.sh", stop))
    }
    return result
  }

  // MARK: The frame

  /// - Parameters:
  ///   - act: the word that makes the script act.
  ///   - first: the word that comes before it.
  ///   - options: whether the script knows options about the DNS.
  private func opened(
    _ name: Shell, act: Shell, first: Shell? = nil, about: [String], options: Bool = false,
    functions: [PostfixScriptFunction]
  ) -> ShellScript {
    var script = ShellScript()
    for line in about { script.comment(line) }
    script.comment("")
    script.code("#   sh \(name)            looks, and changes nothing")
    if let first {
      script.code("#   sh \(name) \(first)       logs who would be refused, and refuses nobody")
    }
    script.code("#   sh \(name) \(act)    does it; a second time it changes nothing")
    script.comment("")
    script.comment("MAIL_CONFIG in the environment names another folder than Postfix's own.")
    script.code(
      #"""
      set -eu
      umask 022
      LC_ALL=C
      export LC_ALL
      PATH="$PATH:/usr/sbin:/sbin"
      # The files that are kept before a change. What is named comes before what names it.
      files='mailgates_clients.cidr mailgates_sender_relay mailgates_tls_policy main.cf master.cf'
      running=
      kept=

      """#)
    for function in PostfixScriptFunction.allCases where functions.contains(function) {
      script.code(function.code)
      script.blank()
    }
    let words: Shell = first.map { "check | \($0) | \(act)" } ?? "check | \(act)"
    let more: Shell = options ? " [--nameserver ADDRESS] [--mx-has-moved]" : ""
    script.code(
      #"""
      usage() {
        printf '%s\n' 'usage: sh \#(name) [\#(words)]\#(more)' >&2
        exit 64
      }

      """#)
    if options {
      script.code(
        #"""
        word=check
        nameserver=
        mx_has_moved=
        while [ $# -gt 0 ]; do
          case $1 in
          --nameserver)
            [ $# -gt 1 ] || usage
            nameserver=$2
            shift
            ;;
          --mx-has-moved) mx_has_moved=yes ;;
          -*) usage ;;
          *) word=$1 ;;
          esac
          shift
        done
        """#)
    } else {
      script.code("[ $# -le 1 ] || usage\nword=${1:-check}")
    }
    script.code("case $word in \(words)) ;; *) usage ;; esac\nbegin\n")
    return script
  }

  /// The end of a script: what there is to do is shown, or done.
  private func finish(_ script: inout ShellScript, _ name: Shell, act: Shell, after: Shell) {
    script.code(
      #"""
      if ! has_changes; then
      \#(after)  say 'In place already: nothing to do.'
        exit 0
      fi
      if [ "$word" = check ]; then
        show_changes
        say 'Nothing was changed. To do it: sh \#(name) \#(act)'
        exit 0
      fi
      """#)
  }

  // MARK: Inbound

  /// The element of smtpd_client_restrictions.
  private static let element: Shell = #"""
    # shellcheck disable=SC2016
    element='check_client_access cidr:$config_directory/mailgates_clients.cidr'
    """#

  private func addGateway(_ inbound: PostfixConnection.Inbound, to script: inout ShellScript) {
    let addresses = inbound.egress.map { ShellValue(networkOf: $0) }
    script.comment("An address of each network that MailGates delivers from.")
    // Addresses have no blanks, so the list is one word that the shell splits again.
    script.code("egress=\(ShellValue(words: addresses))")
    script.code(Self.element)
  }

  private static let answers: Shell = #"""
    # What holds once it is done.
    holds() {
      for address in $egress; do expect "cidr:$clients" "$address" OK || return 1; done
      expect "cidr:$clients" 127.0.0.1 "$action" || return 1
      names smtpd_client_restrictions "$element" || {
        complaint='smtpd_client_restrictions does not name the table'
        return 1
      }
    }

    """#

  private func connect(_ inbound: PostfixConnection.Inbound) -> ShellScript {
    var script = opened(
      "connect.sh", act: "connect",
      about: [
        "Lets mail from MailGates pass before the other checks of the client. Nobody is refused.",
        "Neither mynetworks nor smtpd_relay_restrictions nor master.cf is touched.",
      ], functions: [.frame, .reading, .placing, .acceptance, .services])
    addGateway(inbound, to: &script)
    script.code("action=DUNNO\n")
    script.code(Self.answers)
    script.feed("cat >\"$work/clients\"", files.clientTable(inbound.egress, others: .pass))
    script.code(
      #"""

      look_at_networks
      look_at_relaying
      look_at_services
      look_at_checks

      case $(others) in
      absent | DUNNO) ;;
      WARN | REJECT) refuse 'direct delivery is being closed or is closed: this would open it again. Use reopen.sh for that' ;;
      *) refuse "$clients is not a table of these scripts: do this by hand" ;;
      esac
      if [ -e "$clients" ] && ! is_ours mailgates_clients.cidr && ! cmp -s "$work/clients" "$clients"; then
        refuse "$clients has rows of someone else: do this by hand"
      fi
      stage clients mailgates_clients.cidr

      old=$(postconf -h smtpd_client_restrictions)
      case $old in
      *"$element"*) ;;
      *mailgates_clients*) refuse 'smtpd_client_restrictions names mailgates_clients in another way: do this by hand' ;;
      *)
        # The table comes after those who may send anyway, and before whatever refuses.
        rest=$old
        while :; do
          case $rest in
          [,\ ]*) rest=${rest#?} ;;
          permit_mynetworks | permit_mynetworks[,\ ]*) rest=${rest#permit_mynetworks} ;;
          permit_sasl_authenticated | permit_sasl_authenticated[,\ ]*) rest=${rest#permit_sasl_authenticated} ;;
          *) break ;;
          esac
        done
        edit smtpd_client_restrictions "permit_mynetworks, permit_sasl_authenticated, $element${rest:+, $rest}"
        ;;
      esac

      """#)
    finish(
      &script, "connect.sh", act: "connect",
      after: #"""
          if [ "$word" = connect ] && ! is_ours mailgates_clients.cidr; then remember; fi

        """#)
    script.code("change connect\nrecord connect\nsay 'Done. Mail flows as before.'")
    return script
  }

  private func lockdown(_ inbound: PostfixConnection.Inbound) -> ShellScript {
    var script = opened(
      "lockdown.sh", act: "lockdown",
      first: "warn",
      about: [
        "Refuses mail that comes neither from MailGates nor from one's own users. First warn, for a",
        "day or so, then lockdown, which asks the DNS whether the MX has moved.",
        "Only the table of clients changes; submission keeps its own restrictions.",
      ], options: true,
      functions: [.frame, .reading, .placing, .acceptance, .services, .exchangers])
    addGateway(inbound, to: &script)
    script.code(
      "domains=\(ShellValue(words: connection.domains.map { ShellValue($0.name.value) }))")
    script.code("exchangers=\(ShellValue(words: exchangers.map { ShellValue($0) }))\n")
    script.code(Self.answers)
    script.feed("cat >\"$work/clients\"", files.clientTable(inbound.egress, others: .refuse))
    script.feed("cat >\"$work/warning\"", files.clientTable(inbound.egress, others: .warn))
    script.code(
      #"""

      names smtpd_client_restrictions "$element" || refuse 'connect.sh has not been run'
      case $(others) in
      DUNNO) present=open ;;
      WARN) present=warn ;;
      REJECT) present=closed ;;
      *) refuse "$clients is not a table of these scripts: do this by hand" ;;
      esac
      is_ours mailgates_clients.cidr || refuse "$clients was not written by these scripts, or was changed: do this by hand"
      look_at_networks
      look_at_relaying
      look_at_services
      [ "$(postconf -xh smtpd_delay_reject)" = yes ] ||
        refuse 'smtpd_delay_reject is no: users would be refused before they sign in'

      case $word/$present in
      warn/closed) refuse 'direct delivery is closed: this would open it again. Use reopen.sh for that' ;;
      warn/* | check/open) stage warning mailgates_clients.cidr ;;
      lockdown/open) refuse 'run this with warn first, and look at the log for a day or so' ;;
      *) stage clients mailgates_clients.cidr ;;
      esac
      action='WARN MailGates did not deliver this: it is refused after the lockdown'
      if [ "$word" = lockdown ] || [ "$word/$present" = check/warn ]; then look_at_exchangers; fi
      if [ "$word" = lockdown ]; then action='REJECT Mail for this domain is accepted only via its gateway'; fi

      """#)
    finish(
      &script, "lockdown.sh", act: "warn, and a day later lockdown", after: "")
    script.code(
      #"""
      change "$word"
      remember
      if [ "$word" = warn ]; then
        say 'Done. Lines of the log with "warn: RCPT" show who would be refused.'
      else
        say 'Done. Others are refused from now on; reopen.sh takes it back.'
      fi
      """#)
    return script
  }

  private func reopen(_ inbound: PostfixConnection.Inbound) -> ShellScript {
    var script = opened(
      "reopen.sh", act: "reopen",
      about: [
        "Takes mail from others again. Always done before the MX goes back.",
        "Whatever the table of clients holds, it is kept, then replaced.",
      ], functions: [.frame, .reading, .placing])
    addGateway(inbound, to: &script)
    script.code("action=DUNNO\n")
    script.code(Self.answers)
    script.feed("cat >\"$work/clients\"", files.clientTable(inbound.egress, others: .pass))
    script.code(
      #"""

      names smtpd_client_restrictions "$element" || refuse 'smtpd_client_restrictions does not name the table: nothing is closed by these scripts'
      stage clients mailgates_clients.cidr

      """#)
    finish(&script, "reopen.sh", act: "reopen", after: "")
    script.code("change reopen\nremember\nsay 'Done. Direct delivery is open.'")
    return script
  }

  private var disconnect: ShellScript {
    var script = opened(
      "disconnect.sh", act: "disconnect",
      about: [
        "Takes back what connect.sh did, byte for byte where main.cf was not changed since.",
        "Done after the MX went back.",
      ], functions: [.frame, .reading, .placing, .lists, .goingBack])
    script.code(Self.element)
    script.code(
      #"""

      holds() {
        if names smtpd_client_restrictions mailgates_clients; then
          complaint='smtpd_client_restrictions still names the table'
          return 1
        fi
      }

      case $(others) in
      absent | DUNNO) ;;
      *) refuse 'direct delivery is being closed or is closed: run reopen.sh first' ;;
      esac
      if names sender_dependent_relayhost_maps mailgates_sender_relay; then
        refuse 'mail is sent by way of MailGates: run stop-outbound.sh first'
      fi
      if names smtpd_client_restrictions mailgates_clients || [ -e "$clients" ]; then
        go_back connect mailgates_clients.cidr
        [ -n "$exact" ] || drop smtpd_client_restrictions "$element"
      fi

      """#)
    finish(&script, "disconnect.sh", act: "disconnect", after: "")
    script.code(
      "change disconnect\nforget connect\nsay 'Done. Postfix is as it was before connect.sh.'")
    return script
  }

  // MARK: Outbound

  private static let maps: Shell = #"""
    # shellcheck disable=SC2016
    sender_element='texthash:$config_directory/mailgates_sender_relay'
    # shellcheck disable=SC2016
    level_element='texthash:$config_directory/mailgates_tls_policy'
    """#

  private func start(_ outbound: PostfixConnection.Outbound) -> ShellScript {
    var script = opened(
      "start-outbound.sh", act: "start",
      about: [
        "Sends mail of the contracted domains by way of MailGates, from the moment that it is run.",
        "Mail of other senders, and what has no sender (bounces), leaves as before.",
      ], functions: [.frame, .reading, .placing, .routes])
    script.code(Self.maps)
    script.code(
      "domains=\(ShellValue(words: connection.domains.map { ShellValue($0.name.value) }))")
    script.code(
      "senders=texthash:$config/mailgates_sender_relay\nlevels=texthash:$config/mailgates_tls_policy"
    )
    script.code("hop=\(ShellValue(outbound.nextHop))\nlevel=\(ShellValue(outbound.level))\n")
    script.code(
      #"""
      holds() {
        for domain in $domains; do expect "$senders" "@$domain" "$hop" || return 1; done
        expect "$levels" "$hop" "$level" || return 1
        complaint='main.cf does not name the tables'
        names sender_dependent_relayhost_maps "$sender_element" || return 1
        names smtp_tls_policy_maps "$level_element" || return 1
      }

      # The table goes before others of the same list.
      add() {
        old=$(postconf -h "$1")
        case $old in
        *"$2"*) ;;
        *"${2##*/}"*) refuse "$1 names ${2##*/} in another way: do this by hand" ;;
        *) edit "$1" "$2${old:+, $old}" ;;
        esac
      }

      """#)
    script.feed("cat >\"$work/senders\"", files.senderTable(outbound))
    script.feed("cat >\"$work/levels\"", files.policyTable(outbound))
    script.code(
      #"""

      look_at_routes
      for pair in senders/mailgates_sender_relay levels/mailgates_tls_policy; do
        table=${pair#*/}
        if [ -e "$config/$table" ] && ! is_ours "$table" && ! cmp -s "$work/${pair%/*}" "$config/$table"; then
          refuse "$config/$table has rows of someone else: do this by hand"
        fi
        stage "${pair%/*}" "$table"
      done
      add sender_dependent_relayhost_maps "$sender_element"
      add smtp_tls_policy_maps "$level_element"
      """#)
    if outbound.tls == .certificate {
      script.code(
        #"""
        # The authorities that certificates are checked with, where systems keep them.
        if [ -z "$(postconf -xh smtp_tls_CAfile)$(postconf -xh smtp_tls_CApath)" ]; then
          authorities=
          for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
            if [ -z "$authorities" ] && [ -e "$file" ]; then authorities=$file; fi
          done
          [ -n "$authorities" ] || refuse 'no list of authorities was found: set smtp_tls_CAfile'
          edit smtp_tls_CAfile "$authorities"
        fi
        """#)
    }
    script.blank()
    finish(&script, "start-outbound.sh", act: "start", after: "")
    script.code(
      "change start-outbound\nrecord start-outbound\nsay 'Done. Mail of the contracted domains leaves by way of MailGates.'"
    )
    return script
  }

  private var stop: ShellScript {
    var script = opened(
      "stop-outbound.sh", act: "stop",
      about: [
        "Takes back what start-outbound.sh did, byte for byte where main.cf was not changed since.",
        "Mail leaves as before.",
      ], functions: [.frame, .reading, .placing, .lists, .goingBack])
    script.code(Self.maps)
    script.code(
      #"""

      holds() {
        if names sender_dependent_relayhost_maps mailgates_sender_relay || names smtp_tls_policy_maps mailgates_tls_policy; then
          complaint='main.cf still names the tables'
          return 1
        fi
      }

      if names sender_dependent_relayhost_maps mailgates_sender_relay ||
        names smtp_tls_policy_maps mailgates_tls_policy ||
        [ -e "$config/mailgates_sender_relay" ] || [ -e "$config/mailgates_tls_policy" ]; then
        go_back start-outbound mailgates_sender_relay mailgates_tls_policy
        if [ -z "$exact" ]; then
          drop sender_dependent_relayhost_maps "$sender_element"
          drop smtp_tls_policy_maps "$level_element"
        fi
      fi

      """#)
    finish(&script, "stop-outbound.sh", act: "stop", after: "")
    script.code(
      #"""
      change stop-outbound
      forget start-outbound
      say 'Done. Mail leaves as before. postqueue -p shows what still waits; postsuper -r ALL routes it anew.'
      """#)
    return script
  }
}
