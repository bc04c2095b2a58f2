package extract_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gongkai/extract"
)

// want is a section as the typed source of a fixture has it.
type want struct {
	kind   extract.SectionKind
	text   string // heading and text, spaces removed
	parent string // heading it stands under
}

// numberedHeadings are the headings among the numbered lines of the seed's prose,
// as one who reads the document takes them; all others are items of lists.
var numberedHeadings = []string{
	"（一）部门职责：", "（二）机构设置：", "1、收入说明", "2、支出说明",
	"（一）加强政治引领", "（二）开展学术交流", "（三）组织科学技术工作者", "(四)弘扬科学精神", "(五)组织所属学会",
	"(六)注重激发青少年", "(七)负责指导所属学会", "(八)完成市委、市政府", "(一)完善制度建设", "(二)加强支出管理",
	"（三）加强绩效运行监控", "（四）做好绩效自评", "（五）规范财务资产管理", "（六）加强内部监督", "（七）加强宣传培训调研等",
	"（八）以政治建设为统领", "（九）以实施《纲要》为抓手", "（十）以提能力强学会为主线", "（十一）持续推进全市科协系统深化改革",
	// The terms of the glossary, their meaning behind them.
	"1、一般公共预算拨款收入：", "2、基本支出：", "3、项目支出：", "4、上缴上级支出：", "5、“三公”经费：", "6、机关运行费：",
}

// seedSections reads the typed source: # titles, ## headings, @ lines around
// tables, all else prose. A title right above a table is the table's caption.
func seedSections(t *testing.T) []want {
	t.Helper()
	data, err := os.ReadFile(fixtures + "/seed-qinhuangdao-2021/source.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	var list []want
	var open [6]string // headings: title, part, section, （一）, 1、
	contents := false
	add := func(kind extract.SectionKind, text string, depth int) {
		parent := ""
		for _, heading := range open[:depth] {
			if heading != "" {
				parent = heading
			}
		}
		list = append(list, want{kind, squeeze(text), parent})
	}
	head := func(kind extract.SectionKind, text string, depth int) {
		clear(open[depth:])
		add(kind, text, depth)
		open[depth] = squeeze(text)
	}
	for i, line := range lines {
		mark, text, _ := strings.Cut(line, " ")
		switch mark {
		case "@page":
			if contents {
				clear(open[:])
			}
			contents = false
		case "@table":
			add(extract.TableAnchor, "", len(open))
		case "@left", "@right":
			add(extract.TableCaption, text, len(open))
		case "@pair":
			left, right, _ := strings.Cut(text, " | ")
			add(extract.TableCaption, left, len(open))
			add(extract.TableCaption, right, len(open))
		case "@note":
			add(extract.TableNote, text, len(open))
		case "@centre":
			head(extract.Heading, text, 1)
		case "#":
			if captionOfTable(lines[i+1:]) {
				add(extract.TableCaption, text, len(open))
				continue
			}
			contents = strings.HasSuffix(text, "目录")
			head(extract.Heading, text, 0)
		case "##":
			if contents {
				head(extract.ContentsEntry, text, 2)
				continue
			}
			head(extract.Heading, text, 2)
		default:
			addProse(add, head, squeeze(line), contents)
		}
	}
	return list
}

// addProse adds a line of the source that has no mark.
func addProse(add, head func(extract.SectionKind, string, int), text string, contents bool) {
	opens := func(heading string) bool { return strings.HasPrefix(text, heading) }
	switch first := []rune(text)[0]; {
	case contents:
		add(extract.ContentsEntry, text, 4)
	case slices.ContainsFunc(numberedHeadings, opens):
		depth := 4
		if first == '（' || first == '(' {
			depth = 3
		}
		head(extract.Heading, text, depth)
	case first >= '0' && first <= '9' && !strings.HasPrefix(text, "20"):
		add(extract.ListItem, text, 5)
	default:
		add(extract.Paragraph, text, 5)
	}
}

// captionOfTable tells whether the next lines of the source lead to a table.
func captionOfTable(lines []string) bool {
	for _, line := range lines {
		if strings.HasPrefix(line, "@table") {
			return true
		}
		if !strings.HasPrefix(line, "@left") && !strings.HasPrefix(line, "@pair") && !strings.HasPrefix(line, "@right") {
			return false
		}
	}
	return false
}

// droppedComma: LibreOffice hangs the comma at the end of this line over the
// margin of page 13 of writer.pdf and does not paint it.
var droppedComma = strings.NewReplacer("0.5万元、喷墨打印机2台0.6万元、空调机1台0.3万元，共计", "0.5万元喷墨打印机2台0.6万元、空调机1台0.3万元，共计")

// TestSeedSections: every heading, paragraph, item, contents entry, caption and
// note of the seed comes back whole, in order, under its heading, and every table
// in its place.
func TestSeedSections(t *testing.T) {
	want := seedSections(t)
	for _, producer := range []string{"writer", "chromium"} {
		t.Run(producer, func(t *testing.T) {
			document := read(t, fixtures+"/seed-qinhuangdao-2021/"+producer+".pdf")
			for i, s := range document.Sections {
				if i >= len(want) {
					t.Fatalf("%d sections, want %d; the next is %s %q", len(document.Sections), len(want), s.Kind, s.Heading+s.Text)
				}
				w := want[i]
				if producer == "writer" {
					w.text = droppedComma.Replace(w.text)
				}
				if text := squeeze(s.Heading + s.Text); s.Kind != w.kind || text != w.text {
					t.Fatalf("section %d on page %d:\n got %s %s\nwant %s %s", i+1, s.Places[0].Page, s.Kind, text, w.kind, w.text)
				}
				parent := ""
				if s.Parent > 0 {
					p := document.Sections[s.Parent-1]
					parent = squeeze(p.Heading + p.Text)
					if s.Level != p.Level+1 {
						t.Errorf("%s has level %d under level %d", w.text, s.Level, p.Level)
					}
				}
				if parent != w.parent {
					t.Errorf("%s %q stands under %q, want %q", w.kind, w.text, parent, w.parent)
				}
			}
			if len(document.Sections) < len(want) {
				t.Errorf("%d sections, want %d", len(document.Sections), len(want))
			}
			var terms []string
			for _, s := range document.Sections {
				if s.Kind == extract.Heading && s.Text != "" {
					terms = append(terms, squeeze(s.Heading))
				}
			}
			if glossary := numberedHeadings[len(numberedHeadings)-6:]; !slices.Equal(terms, glossary) {
				t.Errorf("terms with their meaning behind them: %q, want %q", terms, glossary)
			}
		})
	}
}
