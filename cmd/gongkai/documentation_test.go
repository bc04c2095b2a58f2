package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// TestEveryCommandAndFlagIsDocumented fails when the README does not name a
// command, a flag or the way to its environment variable.
func TestEveryCommandAndFlagIsDocumented(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(content)
	if !strings.Contains(readme, "GONGKAI_") {
		t.Error("README.md does not tell of the environment variables GONGKAI_…")
	}
	for _, command := range (&session{}).app().Commands {
		if !strings.Contains(readme, "gongkai "+command.Name) {
			t.Errorf("README.md lacks the command gongkai %s", command.Name)
		}
		for _, flag := range command.Flags {
			for _, name := range flag.Names() {
				written := "--" + name
				if len(name) == 1 {
					written = "-" + name
				}
				if !regexp.MustCompile(`(^|[^-\w])` + written + `([^-\w]|$)`).MatchString(readme) {
					t.Errorf("README.md lacks the flag %s of gongkai %s", written, command.Name)
				}
			}
		}
	}
}

func TestEveryFlagReadsTheEnvironment(t *testing.T) {
	for _, command := range (&session{}).app().Commands {
		for _, flag := range command.Flags {
			documented, ok := flag.(cli.DocGenerationFlag)
			if !ok {
				t.Fatalf("%s --%s tells nothing of itself", command.Name, flag.Names()[0])
			}
			want := "GONGKAI_" + strings.ToUpper(strings.ReplaceAll(flag.Names()[0], "-", "_"))
			if variables := documented.GetEnvVars(); len(variables) != 1 || variables[0] != want {
				t.Errorf("%s --%s reads %v, want %s", command.Name, flag.Names()[0], variables, want)
			}
			if documented.GetUsage() == "" {
				t.Errorf("%s --%s has no explanation", command.Name, flag.Names()[0])
			}
		}
	}
}
