package inspect

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"sync"
)

//go:embed assets/*.js assets/*.css
var assets embed.FS

// The files of the program in the browser, in the order they are read.
var (
	sharedStyles  = []string{"base.css"}
	reportStyles  = append(sharedStyles[:1:1], "report.css", "page.css")
	indexStyles   = append(sharedStyles[:1:1], "index.css")
	sharedScripts = []string{"elements.js", "words.js", "chrome.js", "sankey.js"}
	reportScripts = append(sharedScripts[:4:4], "data.js", "page.js", "grid.js", "evidence.js", "finding.js", "checks.js",
		"tree.js", "flow.js", "prose.js", "download.js", "report.js")
	indexScripts = append(sharedScripts[:4:4], "list.js", "documents.js", "coverage.js", "distribution.js", "years.js", "index.js")
)

// program is the style and the script of a page, and the policy that lets them
// and nothing else work.
type program struct{ style, script, policy string }

var (
	reportProgram = sync.OnceValues(func() (program, error) { return newProgram(reportStyles, reportScripts) })
	indexProgram  = sync.OnceValues(func() (program, error) { return newProgram(indexStyles, indexScripts) })
)

func newProgram(styles, scripts []string) (program, error) {
	style, err := joinAssets(styles)
	if err != nil {
		return program{}, err
	}
	script, err := joinAssets(scripts)
	if err != nil {
		return program{}, err
	}
	// One function holds the whole script, so that nothing of it is global.
	p := program{style: style, script: "\"use strict\";\n(() => {\n" + script + "})();\n"}
	p.policy = fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'",
		digest(p.script), digest(p.style))
	return p, nil
}

func joinAssets(names []string) (string, error) {
	var all strings.Builder
	for _, name := range names {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return "", err
		}
		all.Write(content)
	}
	return all.String(), nil
}

// digest is how a Content-Security-Policy names an inline script or style.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// writer gathers the HTML file.
type writer struct{ bytes.Buffer }

// head begins the file. The title is escaped here.
func (w *writer) head(p program, title, generator string) {
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"+
		"<meta name=\"generator\" content=\"%s\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"+
		"<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n"+
		"<noscript>This report is drawn by a script inside this file. 本报告由文件内的脚本绘制，请启用 JavaScript。</noscript>\n"+
		"<div id=\"app\"></div>\n",
		p.policy, html.EscapeString(generator), html.EscapeString(title), p.style)
}

// data adds a block of data under an id. encoding/json writes <, > and & as \u
// escapes, so that no text of a document can end the block.
func (w *writer) data(id string, value any) error {
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("data block %s: %w", id, err)
	}
	fmt.Fprintf(w, "<script type=\"application/json\" id=\"%s\">", html.EscapeString(id))
	w.Write(encoded)
	w.WriteString("</script>\n")
	return nil
}

// foot ends the file with the script.
func (w *writer) foot(p program) {
	w.WriteString("<script>" + p.script + "</script>\n</body>\n</html>\n")
}
