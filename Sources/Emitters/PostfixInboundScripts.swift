internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// How MailGates passes, how others are refused, and the way back from both.
extension PostfixScripts {
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

  func connect(_ inbound: PostfixConnection.Inbound) -> ShellScript {
    var script = opened(
      "connect.sh", act: "connect",
      about: [
        "Lets mail from MailGates pass before the other checks of the client. Nobody is refused.",
        "Neither mynetworks nor smtpd_relay_restrictions nor master.cf is touched.",
      ], isStage: true, functions: [.frame, .reading, .placing, .acceptance, .services])
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

  func lockdown(_ inbound: PostfixConnection.Inbound) -> ShellScript {
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

  func reopen(_ inbound: PostfixConnection.Inbound) -> ShellScript {
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

  var disconnect: ShellScript {
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
      "change disconnect\nforget connect\nsay 'Done. What connect.sh wrote is taken back.'")
    return script
  }
}
