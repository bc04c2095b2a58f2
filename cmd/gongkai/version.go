package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version names the way documents are read. It stands in the dataset and in the
// names of stored batches: a change of what is read must raise it.
const version = "0.1.0"

// buildVersion is version with what the build knows about itself.
func buildVersion() string {
	revision, modified := "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision" && len(setting.Value) >= 12:
				revision = " " + setting.Value[:12]
			case setting.Key == "vcs.modified" && setting.Value == "true":
				modified = "+changes"
			}
		}
	}
	return fmt.Sprintf("%s (%s %s/%s%s%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, revision, modified)
}
