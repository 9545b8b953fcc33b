#!/bin/sh
# Lets mail from MailGates pass before the other checks of the client. Nobody is refused.
# Neither mynetworks nor smtpd_relay_restrictions nor master.cf is touched.
#
#   sh connect.sh            looks, and changes nothing
#   sh connect.sh connect    does it; a second time it changes nothing
#
# MAIL_CONFIG in the environment names another folder than Postfix's own.
set -eu
umask 022
LC_ALL=C
export LC_ALL
PATH="$PATH:/usr/sbin:/sbin"
# The files that are kept before a change. What is named comes before what names it.
files='mailgates_clients.cidr mailgates_sender_relay mailgates_tls_policy main.cf master.cf'
running=
kept=
announced=
# Whether this has a way back of its own.
is_stage=yes

say() { printf '%s\n' "$*"; }
note() { printf 'note: %s\n' "$*"; }
refuse() {
  printf 'refused: %s\n' "$*" >&2
  exit 1
}

# Nobody is asked, and nothing is written, before all of this holds.
begin() {
  [ "$(id -u)" = 0 ] || refuse 'this needs root'
  for program in postfix postconf postmap; do
    command -v "$program" >/dev/null || refuse "$program was not found"
  done
  version=$(postconf -h mail_version)
  case $version in
  [01].* | 2.[0-9] | 2.[0-9].* | 2.10 | 2.10.*)
    refuse "Postfix $version is too old for this script: it needs 2.11"
    ;;
  esac
  config=$(postconf -h config_directory)
  backups=$config/mailgates-backup
  clients=$config/mailgates_clients.cidr
  for file in main.cf master.cf; do
    [ -f "$config/$file" ] || refuse "$config/$file was not found"
  done
  for file in $files; do
    [ ! -h "$config/$file" ] || refuse "$config/$file is a link: do this by hand"
  done
  healthy || refuse "$complaint"
  work=$(mktemp -d)
  trap clean EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir "$work/new" "$work/gone"
}

clean() {
  rm -rf "$work"
  if [ -n "$running" ]; then
    for file in $files; do rm -f "$config/.$file.mailgates"; done
    rmdir "$running"
  fi
}

# postconf ends with 0 even where a setting is wrong: any word of it counts.
healthy() {
  complaint=$(postconf -n 2>&1 >/dev/null) || complaint="postconf failed. $complaint"
  [ -z "$complaint" ] || return 1
  complaint=$(postfix check 2>&1) || {
    complaint="postfix check failed. $complaint"
    return 1
  }
}

# A table is one's own to replace if it is as one of these scripts wrote it, or as one was about
# to write it when it was ended.
is_ours() {
  for copy in written intended; do
    if cmp -s "$config/$1" "$backups/$copy/$1" 2>/dev/null; then return 0; fi
  done
  return 1
}

# What the table of clients does with everyone else: absent, DUNNO, WARN or REJECT.
others() {
  if [ -e "$clients" ]; then
    sed -n 's,^0\.0\.0\.0/0  *\([A-Z]*\).*,\1,p' "$clients" | sed -n 1p
  else
    echo absent
  fi
}

# Whether a parameter, as it is written, has an element.
names() {
  case $(postconf -h "$1") in
  *"$2"*) return 0 ;;
  *) return 1 ;;
  esac
}

# Compares what a table answers.
expect() {
  answer=$(postmap -q "$2" "$1" 2>&1) || :
  [ "$answer" = "$3" ] || {
    complaint="$1 answers \"$answer\" for $2, not \"$3\""
    return 1
  }
}

# Writes beside the place and renames: readers see the old file or the new one.
place() {
  if [ -e "$config/$2" ]; then
    cp -p "$config/$2" "$config/.$2.mailgates"
  else
    : >"$config/.$2.mailgates"
    chmod 644 "$config/.$2.mailgates"
  fi
  cat "$1" >"$config/.$2.mailgates"
  mv -f "$config/.$2.mailgates" "$config/$2"
}

copy_all() {
  mkdir "$2"
  for file in $files; do
    if [ -e "$1/$file" ]; then cp -p "$1/$file" "$2/$file"; fi
  done
}

# Keeps the files as they are in a new folder; no folder is ever written to again.
keep() {
  mkdir -p "$backups"
  chmod 700 "$backups"
  mkdir "$backups/running" 2>/dev/null ||
    refuse "another run is at work; if there is none, delete $backups/running"
  running=$backups/running
  stamp=$(date -u +%Y%m%dT%H%M%SZ)
  number=1
  kept=$stamp-$1
  until mkdir "$backups/$kept" 2>/dev/null; do
    number=$((number + 1))
    [ "$number" -lt 100 ] || refuse "no folder could be made in $backups"
    kept=$stamp-$1-$number
  done
  copy_all "$config" "$backups/$kept/before"
}

put_back() {
  for file in $files; do
    if [ -e "$backups/$kept/before/$file" ]; then
      cmp -s "$backups/$kept/before/$file" "$config/$file" ||
        place "$backups/$kept/before/$file" "$file"
    fi
  done
  for file in $files; do
    if [ ! -e "$backups/$kept/before/$file" ]; then rm -f "$config/$file"; fi
  done
}

# Stages a table unless it stands there already.
stage() {
  cmp -s "$work/$1" "$config/$2" 2>/dev/null || cp "$work/$1" "$work/new/$2"
}

# Stages a parameter, in a copy of main.cf.
edit() {
  [ -e "$work/new/main.cf" ] || cat "$config/main.cf" >"$work/new/main.cf"
  postconf -c "$work/new" -e "$1=$2"
}

# Stages that a parameter is no longer written.
unset_parameter() {
  [ -e "$work/new/main.cf" ] || cat "$config/main.cf" >"$work/new/main.cf"
  postconf -c "$work/new" -X "$1"
}

# Whether anything was staged.
has_changes() {
  [ -n "$(ls -A "$work/new")$(ls -A "$work/gone")" ]
}

show_changes() {
  for file in $files; do
    if [ -e "$work/gone/$file" ]; then say "$config/$file would be deleted"; fi
    if [ ! -e "$work/new/$file" ]; then continue; fi
    if [ -e "$config/$file" ]; then
      diff -u "$config/$file" "$work/new/$file" || :
    else
      say "$config/$file would be written:"
      sed 's/^/+/' "$work/new/$file"
    fi
  done
}

# Says what is about to be written, so that a run that was ended midway can be taken up, and what
# the way back from the stage has to bring back. Of several runs the first one knows that.
announce() {
  rm -rf "$backups/intended"
  mkdir "$backups/intended"
  for file in $files; do
    if [ -e "$work/new/$file" ]; then cp "$work/new/$file" "$backups/intended/$file"; fi
  done
  if [ -z "$is_stage" ] || [ -e "$backups/in-place-$1" ]; then return 0; fi
  copy_all "$config" "$backups/$kept/after"
  for file in $files; do
    if [ -e "$work/new/$file" ]; then cat "$work/new/$file" >"$backups/$kept/after/$file"; fi
  done
  printf '%s\n' "$kept" >"$backups/intended/stage"
  mv -f "$backups/intended/stage" "$backups/in-place-$1"
  announced=$backups/in-place-$1
}

# Puts in place what was staged, and goes back by itself where Postfix complains.
change() {
  keep "$1"
  announce "$1"
  for file in $files; do
    if [ -e "$work/new/$file" ]; then place "$work/new/$file" "$file"; fi
  done
  for file in $files; do
    if [ -e "$work/gone/$file" ]; then rm -f "$config/$file"; fi
  done
  if ! healthy || ! holds; then
    said=$complaint
    put_back
    if [ -n "$announced" ]; then rm -f "$announced"; fi
    refuse "$said. All files are as they were before"
  fi
  if postfix status >/dev/null 2>&1; then
    postfix reload || refuse "postfix reload failed; the files before are in $backups/$kept/before"
  else
    say 'Postfix is not running: it reads this when it starts.'
  fi
  say "The files before are in $backups/$kept/before."
}

# Remembers what was written, so that it can be told from what others write.
remember() {
  mkdir -p "$backups/written"
  for file in $files; do
    case $file in main.cf | master.cf) continue ;; esac
    if [ -e "$config/$file" ]; then
      cp -p "$config/$file" "$backups/written/$file"
    else
      rm -f "$backups/written/$file"
    fi
  done
  rm -rf "$backups/intended"
}

# After a further run of a stage, its way back still begins where main.cf is as a script left it.
record() {
  remember
  first=$backups/$(cat "$backups/in-place-$1")
  if cmp -s "$backups/$kept/before/main.cf" "$first/after/main.cf"; then
    cp -p "$config/main.cf" "$first/after/main.cf"
  fi
}

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

usage() {
  printf '%s\n' 'usage: sh connect.sh [check | connect]' >&2
  exit 64
}

[ $# -le 1 ] || usage
word=${1:-check}
case $word in check | connect) ;; *) usage ;; esac
begin

# An address of each network that MailGates delivers from.
egress='192.0.2.0 2001:db8:25::'
# shellcheck disable=SC2016
element='check_client_access cidr:$config_directory/mailgates_clients.cidr'
action=DUNNO

# What holds once it is done.
holds() {
  for address in $egress; do expect "cidr:$clients" "$address" OK || return 1; done
  expect "cidr:$clients" 127.0.0.1 "$action" || return 1
  names smtpd_client_restrictions "$element" || {
    complaint='smtpd_client_restrictions does not name the table'
    return 1
  }
}

cat >"$work/clients" <<'END'
# The addresses that MailGates delivers from. The first row that matches counts.
192.0.2.0/28      OK
2001:db8:25::/64  OK

# Before the cutover: everyone else goes on to the other checks.
0.0.0.0/0         DUNNO
::/0              DUNNO
END

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

if ! has_changes; then
  if [ "$word" = connect ] && ! is_ours mailgates_clients.cidr; then remember; fi
  say 'In place already: nothing to do.'
  exit 0
fi
if [ "$word" = check ]; then
  show_changes
  say 'Nothing was changed. To do it: sh connect.sh connect'
  exit 0
fi
change connect
record connect
say 'Done. Mail flows as before.'
