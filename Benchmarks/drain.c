/* Reads a YAML file to its end and throws every event away: what libyaml alone costs. */
#include <stdio.h>
#include <yaml.h>

int main(int argc, char **argv) {
  if (argc != 2) return 64;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 66;
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) return 70;
  yaml_parser_set_input_file(&parser, file);
  unsigned long count = 0;
  for (int done = 0; !done; count++) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) return 65;
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  printf("%lu\n", count);
  return 0;
}
