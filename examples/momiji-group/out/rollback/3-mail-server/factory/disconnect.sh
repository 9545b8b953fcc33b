#!/bin/sh
# Takes back what connect.sh did, byte for byte where main.cf was not changed since.
# Done after the MX went back.
#
#   sh disconnect.sh            looks, and changes nothing
#   sh disconnect.sh disconnect    does it; a second time it changes nothing
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
is_stage=

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

# Takes an element out of a list; false where it stands there in another way.
without() {
  case $1 in
  "$2") rest= ;;
  "$2, "*) rest=${1#"$2, "} ;;
  *", $2") rest=${1%", $2"} ;;
  *", $2, "*) rest=${1%%", $2, "*}", "${1#*", $2, "} ;;
  *) return 1 ;;
  esac
}

# Stages that an element leaves a list.
drop() {
  old=$(postconf -h "$1")
  case $old in *"$2"*) ;; *) return 0 ;; esac
  without "$old" "$2" || refuse "take \"$2\" out of $1 by hand, then run this again"
  if [ -z "$rest" ]; then unset_parameter "$1"; else edit "$1" "$rest"; fi
}

# Stages what was there before a stage: byte for byte where main.cf is as that stage left it,
# else main.cf is left for an edit.
go_back() {
  stage_name=$1
  shift
  folder=
  exact=
  if [ -e "$backups/in-place-$stage_name" ]; then
    folder=$backups/$(cat "$backups/in-place-$stage_name")
  fi
  for file in "$@"; do
    if [ -n "$folder" ] && [ -e "$folder/before/$file" ]; then
      cmp -s "$folder/before/$file" "$config/$file" ||
        cat "$folder/before/$file" >"$work/new/$file"
    elif [ -e "$config/$file" ]; then
      is_ours "$file" || refuse "$config/$file was changed by someone: delete it by hand first"
      : >"$work/gone/$file"
    fi
  done
  if [ -n "$folder" ] && cmp -s "$folder/after/main.cf" "$config/main.cf"; then
    cmp -s "$folder/before/main.cf" "$config/main.cf" ||
      cat "$folder/before/main.cf" >"$work/new/main.cf"
    exact=yes
  else
    note 'main.cf was changed since, so only what these scripts wrote is taken out of it.'
  fi
}

forget() {
  rm -f "$backups/in-place-$1"
  remember
}

usage() {
  printf '%s\n' 'usage: sh disconnect.sh [check | disconnect]' >&2
  exit 64
}

[ $# -le 1 ] || usage
word=${1:-check}
case $word in check | disconnect) ;; *) usage ;; esac
begin

# shellcheck disable=SC2016
element='check_client_access cidr:$config_directory/mailgates_clients.cidr'

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

if ! has_changes; then
  say 'In place already: nothing to do.'
  exit 0
fi
if [ "$word" = check ]; then
  show_changes
  say 'Nothing was changed. To do it: sh disconnect.sh disconnect'
  exit 0
fi
change disconnect
forget connect
say 'Done. What connect.sh wrote is taken back.'
