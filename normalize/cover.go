package normalize

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/extract"
	"gongkai/normalize/statement"
)

// What the document says about its own publication: the day on its first pages,
// the tables its contents page announces, and how much of its text is certain.

// completeDocument fills in what concerns the document and none of its tables.
func completeDocument(row *Document, document *extract.Document, p *profile) {
	row.PublishDate = publishDate(document)
	row.TablesExpected = announcedTables(document, statement.Context{Phase: p.phase, Level: p.level})
	row.TextConfidence = textConfidence(document)
}

// publicationLabels stand before the day of publication.
var publicationLabels = []string{"公开时间", "公开日期", "发布时间", "发布日期", "公布时间", "公布日期"}

// publishDate is the day behind a label of publication, or alone on a line of the
// cover: 2021年2月18日. It is empty when the document names no day.
func publishDate(document *extract.Document) string {
	const pages, coverLinesAtMost = 2, 15 // a page with more lines is no cover
	for i := range document.Pages[:min(pages, len(document.Pages))] {
		lines := document.Pages[i].Lines
		for j := range lines {
			text := compact(lines[j].Text)
			if at := labelAt(text); at >= 0 {
				if day := dayIn(text[at:]); day != "" {
					return day
				}
			}
			if i == 0 && len(lines) <= coverLinesAtMost {
				if day := wholeDay(text); day != "" {
					return day
				}
			}
		}
	}
	return ""
}

func labelAt(text string) int {
	for _, label := range publicationLabels {
		if at := strings.Index(text, label); at >= 0 {
			return at + len(label)
		}
	}
	return -1
}

// dayIn finds a day in a line, 2020年12月31日, 2020-12-31 or 二〇二〇年十二月三十一日,
// and gives 2020-12-31.
func dayIn(line string) string {
	day, _, _ := findDay(line)
	return day
}

// wholeDay is the day of a line that says nothing else.
func wholeDay(line string) string {
	day, first, end := findDay(line)
	if first != 0 || end != len(line) {
		return ""
	}
	return day
}

// findDay gives a day and where it stands in the line.
func findDay(line string) (day string, first, end int) {
	for i := range line {
		if i > 0 && numeral(line[:i]) {
			continue // within a number
		}
		year, n := readNumber(line[i:])
		if n == 0 || year < 1949 || year > 2100 {
			continue
		}
		at := i + n
		month, n := readPart(line[at:], "年", "-", ".", "/")
		if n == 0 || month < 1 || month > 12 {
			continue
		}
		at += n
		date, n := readPart(line[at:], "月", "-", ".", "/")
		if n == 0 || date < 1 || date > 31 {
			continue
		}
		at += n
		at += len(line[at:]) - len(strings.TrimPrefix(line[at:], "日"))
		return fmt.Sprintf("%04d-%02d-%02d", year, month, date), i, at
	}
	return "", 0, 0
}

// numeral tells whether a text ends in a digit, of either script.
func numeral(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last >= '0' && last <= '9' || strings.ContainsRune(hanDigits, last)
}

// readPart reads one of the separators and the number behind it.
func readPart(text string, separators ...string) (value, size int) {
	for _, separator := range separators {
		if rest, ok := strings.CutPrefix(text, separator); ok {
			if value, n := readNumber(rest); n > 0 {
				return value, len(separator) + n
			}
		}
	}
	return 0, 0
}

// hanDigits in the order of their values.
const hanDigits = "〇一二三四五六七八九"

// readNumber reads digits of either script: 2021, 二〇二一, 十二, 三十一.
func readNumber(text string) (value, size int) {
	const most = 4 // digits of a year
	if n := leadingDigits(text); n > 0 {
		if n > most {
			return 0, 0
		}
		for _, d := range text[:n] {
			value = value*10 + int(d-'0')
		}
		return value, n
	}
	text = text[:hanNumeralSize(text)]
	if utf8.RuneCountInString(text) > most {
		return 0, 0
	}
	tens, ones, ok := strings.Cut(text, "十")
	if !ok {
		return hanValue(text), len(text)
	}
	return max(1, hanValue(tens))*10 + hanValue(ones), len(text)
}

func hanNumeralSize(text string) int {
	for i, r := range text {
		if r != '十' && r != '零' && !strings.ContainsRune(hanDigits, r) {
			return i
		}
	}
	return len(text)
}

// hanValue is the value of digits in a row: 二〇二一. 零 and 十 count as nothing.
func hanValue(digits string) (value int) {
	for _, r := range digits {
		value = value*10 + max(0, strings.IndexRune(hanDigits, r))/len("一")
	}
	return value
}

// announcedTables counts the entries of the contents page that name a statement.
func announcedTables(document *extract.Document, context statement.Context) int {
	announced := 0
	for i := range document.Sections {
		s := &document.Sections[i]
		if s.Kind != extract.ContentsEntry {
			continue
		}
		if _, ok := statement.Identify(s.Heading, context); ok {
			announced++
		}
	}
	return announced
}

// textConfidence is the share of the glyphs that are known to say what they seem to.
func textConfidence(document *extract.Document) float64 {
	const unknown = "\uFFFD" // a glyph whose font does not say which character it is
	glyphs, doubtful := 0, 0
	for i := range document.Pages {
		glyphs += document.Pages[i].Glyphs
		for j := range document.Pages[i].Lines {
			doubtful += strings.Count(document.Pages[i].Lines[j].Text, unknown)
		}
	}
	for i := range document.Tables {
		for _, row := range document.Tables[i].Grid {
			for c := range row {
				doubtful += strings.Count(row[c].Text, unknown)
			}
		}
	}
	if glyphs == 0 {
		return 0
	}
	return 1 - float64(min(doubtful, glyphs))/float64(glyphs)
}
