package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// recipes are the code blocks of a language in the README's chapter on runs.
func recipes(t *testing.T, language string) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(content), "\n## Runs\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	var found []string
	for _, block := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(chapter, -1) {
		found = append(found, block[1])
	}
	if len(found) == 0 {
		t.Fatalf("README.md has no recipe in %q", language)
	}
	return found
}

// checkCommandLine runs the convert command of a recipe over a folder of ours, as
// the recipe writes it but for the paths.
func checkCommandLine(t *testing.T, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " || ")
	line, _, _ = strings.Cut(line, " 2>>")
	words := strings.Fields(line)
	if len(words) < 2 || filepath.Base(words[0]) != "gongkai" {
		t.Fatalf("%q is no command of gongkai", line)
	}
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"disclosures/a.pdf": "1 pages"})
	words[0] = "gongkai"
	for i, word := range words {
		words[i] = strings.TrimPrefix(word, "/srv/")
	}
	if code, stderr := execute(t, strings.Join(words, " ")); code != exitOK {
		t.Errorf("%s: exit code %d\n%s", strings.Join(words, " "), code, stderr)
	}
	if _, err := os.Stat("dataset/datapackage.json"); err != nil {
		t.Error(err)
	}
}

func TestCronRecipe(t *testing.T) {
	line := strings.TrimSpace(recipes(t, "cron")[0])
	parts := regexp.MustCompile(`^([0-5]?\d) (1?\d|2[0-3]) \* \* \* +(gongkai [^%]*)$`).FindStringSubmatch(line)
	if parts == nil { // cron takes % for the end of the command
		t.Fatalf("%q is no line of a crontab", line)
	}
	checkCommandLine(t, parts[3])
}

// TestSystemdRecipe has systemd itself check the units.
func TestSystemdRecipe(t *testing.T) {
	folder := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	command := ""
	for _, unit := range recipes(t, "ini") {
		name := regexp.MustCompile(`^# /etc/systemd/system/(\S+)`).FindStringSubmatch(unit)
		if name == nil {
			t.Fatalf("a unit does not say where it goes:\n%s", unit)
		}
		if exec := regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindStringSubmatch(unit); exec != nil {
			command = exec[1]
			unit = strings.Replace(unit, "/usr/local/bin/gongkai", program, 1)
			unit = strings.Replace(unit, "User=gongkai", "User=root", 1)
		}
		units = append(units, filepath.Join(folder, name[1]))
		if err := os.WriteFile(filepath.Join(folder, name[1]), []byte(unit), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("command", func(t *testing.T) { checkCommandLine(t, command) })
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	if said, err := exec.Command(analyze, append([]string{"verify", "--man=no"}, units...)...).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, said)
	}
}

func TestActionsRecipe(t *testing.T) {
	var workflow struct {
		On   map[string]any
		Jobs map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct {
				Uses, Run string
				With      map[string]string
			}
		}
	}
	decoder := yaml.NewDecoder(strings.NewReader(recipes(t, "yaml")[0]))
	if err := decoder.Decode(&workflow); err != nil {
		t.Fatal(err)
	}
	if workflow.On["schedule"] == nil || workflow.Jobs["convert"].RunsOn == "" {
		t.Errorf("the workflow is never run: %+v", workflow)
	}
	converts := 0
	for _, step := range workflow.Jobs["convert"].Steps {
		if (step.Uses == "") == (step.Run == "") {
			t.Errorf("a step either uses or runs: %+v", step)
		}
		if strings.HasPrefix(step.Run, "gongkai ") {
			converts++
			checkCommandLine(t, step.Run)
		}
	}
	if converts != 1 {
		t.Errorf("%d steps convert", converts)
	}
}
