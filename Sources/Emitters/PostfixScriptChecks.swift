internal import Artifacts

/// What a script looks at before it changes anything.
extension PostfixScriptFunction {
  /// What would make the table of clients open a relay, or refuse the wrong ones.
  static let acceptanceCode: Shell = #"""
    # What is in mynetworks may relay. Compares both ways: either may be the wider one.
    look_at_networks() {
      : >"$work/networks"
      # Postfix waits before it reads a file that was written just now.
      touch -t 200001010000 "$work/clients"
      for network in $(postconf -xh mynetworks | tr ',' ' '); do
        case $network in
        '!'*) ;;
        [0-9]* | '['*)
          network=$(printf '%s\n' "$network" | tr -d '[]')
          printf '%s own\n' "$network" >>"$work/networks"
          answer=$(postmap -q "${network%/*}" "cidr:$work/clients" 2>/dev/null) || answer=
          [ "$answer" != OK ] || refuse "mynetworks has $network, an address of MailGates: take it out"
          ;;
        *) note "mynetworks has $network: see for yourself that MailGates is not in it." ;;
        esac
      done
      touch -t 200001010000 "$work/networks"
      for address in $egress; do
        answer=$(postmap -q "$address" "cidr:$work/networks" 2>/dev/null) || answer=
        [ -z "$answer" ] || refuse "mynetworks has MailGates' address $address: take it out"
      done
    }

    look_at_relaying() {
      case "$(postconf -xh smtpd_relay_restrictions) $(postconf -xh smtpd_recipient_restrictions)" in
      *reject_unauth_destination* | *defer_unauth_destination*) ;;
      *) refuse 'nothing restricts relaying: set smtpd_relay_restrictions first' ;;
      esac
    }

    # What is judged elsewhere, and may refuse what comes by way of MailGates.
    look_at_checks() {
      case "$(postconf -xh smtpd_helo_restrictions) $(postconf -xh smtpd_sender_restrictions) $(postconf -xh smtpd_recipient_restrictions) $(postconf -xh smtpd_data_restrictions)" in
      *_rbl_* | *_rhsbl_* | *check_policy_service*)
        note 'other restrictions look at block lists or ask a policy service: exempt MailGates there.'
        ;;
      esac
      [ -z "$(postconf -xh smtpd_milters)" ] ||
        note 'there are milters: exempt MailGates from SPF, DKIM, DMARC and spam checks there.'
    }
    """#

  static let servicesCode: Shell = #"""
    # The services of master.cf that take mail: port 25 has to go by main.cf, the others keep what
    # is their own.
    look_at_services() {
      postconf -M >"$work/services"
      while read -r name type _ _ _ _ _ program _; do
        case $type/$program in
        inet/postscreen)
          note "postscreen is in front of $name: add MailGates to postscreen_access_list."
          continue
          ;;
        inet/smtpd | pass/smtpd) ;;
        *) continue ;;
        esac
        own=$(postconf -P "$name/$type/smtpd_client_restrictions" 2>/dev/null) || own=
        case $type/$name in
        pass/* | inet/smtp | inet/25 | inet/*:smtp | inet/*:25)
          [ -z "$own" ] || refuse "master.cf gives $name smtpd_client_restrictions of its own: mail to it would not be judged"
          ;;
        *)
          if [ -n "$own" ]; then
            say "$name keeps its own: $own"
          else
            say "$name goes by main.cf: who signs in or is in mynetworks passes before the table."
          fi
          ;;
        esac
      done <"$work/services"
    }
    """#

  static let exchangersCode: Shell = #"""
    # The hosts of a domain's MX, one a line; false where no answer was had.
    mx_of() {
      case $resolver in
      dig)
        answer=$(dig +time=5 +tries=2 +noall +comments +answer ${nameserver:+"@$nameserver"} MX "$1.") || return 1
        case $answer in
        *'status: NOERROR'* | *'status: NXDOMAIN'*) ;;
        *) return 1 ;;
        esac
        printf '%s\n' "$answer" | awk '$4 == "MX" { print tolower($6) }' | sed 's/\.$//'
        ;;
      host)
        answer=$(host -W 5 -t MX "$1." ${nameserver:+"$nameserver"} 2>&1) || :
        case $answer in
        *'mail is handled by'* | *'has no MX record'* | *'3(NXDOMAIN)'*) ;;
        *) return 1 ;;
        esac
        printf '%s\n' "$answer" | sed -n 's/^.* mail is handled by [0-9]* //p' |
          tr '[:upper:]' '[:lower:]' | sed 's/\.$//'
        ;;
      esac
    }

    # Whether all hosts of a list are MailGates'.
    all_at_gateway() {
      for host in $1; do
        known=
        for exchanger in $exchangers; do
          if [ "$host" = "$exchanger" ]; then known=yes; fi
        done
        [ -n "$known" ] || return 1
      done
    }

    # Mail is refused for the whole server, so every domain that it takes mail for has to have moved.
    look_at_exchangers() {
      resolver=
      if command -v dig >/dev/null; then resolver=dig; elif command -v host >/dev/null; then resolver=host; fi
      if [ -z "$resolver" ]; then
        [ -n "$mx_has_moved" ] ||
          refuse 'there is neither dig nor host: see elsewhere that the MX of every domain names MailGates alone, then run this with --mx-has-moved'
        say 'The MX records were not asked for: --mx-has-moved was given.'
        return 0
      fi
      for domain in $domains; do
        hosts=$(mx_of "$domain") || refuse "the DNS gave no answer about $domain"
        [ -n "$hosts" ] || refuse "$domain has no MX"
        all_at_gateway "$hosts" ||
          refuse "the MX of $domain is not MailGates alone: $(printf '%s' "$hosts" | tr '\n' ' ')"
      done
      for domain in $(postconf -xh mydestination virtual_alias_domains virtual_mailbox_domains relay_domains | tr ',' ' '); do
        case $domain in
        */* | *:* | '!'* | .*)
          note "$domain: the domains in it were not looked at."
          continue
          ;;
        *.*) ;;
        *) continue ;;
        esac
        hosts=$(mx_of "$domain") || refuse "the DNS gave no answer about $domain"
        all_at_gateway "$hosts" ||
          refuse "this server takes mail for $domain too, whose MX is not MailGates alone: $(printf '%s' "$hosts" | tr '\n' ' ')"
      done
    }
    """#

  static let routesCode: Shell = #"""
    # What else decides where mail goes.
    look_at_routes() {
      route=$(postconf -xh default_transport)
      [ "$route" = smtp ] ||
        refuse "default_transport is $route: mail would not go by way of MailGates"
      [ -z "$(postconf -xh sender_dependent_default_transport_maps)" ] ||
        note 'sender_dependent_default_transport_maps goes before the route to MailGates.'
      maps=$(postconf -xh transport_maps | tr ',' ' ')
      [ -z "$maps" ] || note 'transport_maps goes before the route to MailGates.'
      mine=" $(postconf -xh mydestination virtual_alias_domains virtual_mailbox_domains | tr ',\n' '  ') "
      for domain in $(postconf -xh relay_domains | tr ',' ' '); do
        case $domain in
        */* | *:*)
          note "relay_domains has $domain: see for yourself that each domain in it is in transport_maps."
          continue
          ;;
        esac
        case $mine in *" $domain "*) continue ;; esac
        found=
        for map in $maps; do
          if postmap -q "$domain" "$map" >/dev/null 2>&1; then found=yes; fi
        done
        [ -n "$found" ] ||
          refuse "relay_domains has $domain, which is not in transport_maps: its mail would go back to MailGates, in a loop"
      done
    }
    """#
}
