internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// The outbound route, and the way back from it.
extension PostfixScripts {
  private static let maps: Shell = #"""
    # shellcheck disable=SC2016
    sender_element='texthash:$config_directory/mailgates_sender_relay'
    # shellcheck disable=SC2016
    level_element='texthash:$config_directory/mailgates_tls_policy'
    """#

  func start(_ outbound: PostfixConnection.Outbound) -> ShellScript {
    var script = opened(
      "start-outbound.sh", act: "start",
      about: [
        "Sends mail of the contracted domains by way of MailGates, from the moment that it is run.",
        "Mail of other senders, and what has no sender (bounces), leaves as before.",
      ], isStage: true, functions: [.frame, .reading, .placing, .routes])
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

  var stop: ShellScript {
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
