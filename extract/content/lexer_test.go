package content

import (
	"fmt"
	"strings"
	"testing"
)

// tokens writes what the lexer finds in a stream: operands, then the operator.
func tokens(stream string) string {
	lex := lexer{data: []byte(stream)}
	var out []string
	for {
		operator := lex.next()
		for i := range lex.operands {
			o := &lex.operands[i]
			switch o.kind {
			case numberOperand:
				out = append(out, fmt.Sprintf("%.12g", o.number))
			case nameOperand:
				out = append(out, "/"+string(lex.bytesOf(o)))
			case textOperand:
				out = append(out, fmt.Sprintf("%q", lex.bytesOf(o)))
			default:
				out = append(out, [...]string{arrayStart: "[", arrayEnd: "]", dictStart: "<<", dictEnd: ">>", otherOperand: "other"}[o.kind])
			}
		}
		if operator == nil {
			return strings.Join(out, " ")
		}
		out = append(out, string(operator))
		if string(operator) == "ID" {
			lex.skipInlineImage()
		}
	}
}

func TestLexer(t *testing.T) {
	for _, test := range []struct{ stream, want string }{
		{"1 0 0 1 72.5 -3 cm", "1 0 0 1 72.5 -3 cm"},
		{"+1 -.5 .25 4. 00012 w", "1 -0.5 0.25 4 12 w"},
		{"--5 0.1.2 12-34 w", "-5 0.1 12 w"},
		{"123456789012345678901234567890 0.00000000000000000000001 w", "1.23456789012e+29 1e-23 w"},
		{"- . w", "-0 0 w"},
		{"0.1 0.7 2.675 w", "0.1 0.7 2.675 w"},
		{"(a(b)c) Tj", `"a(b)c" Tj`},
		{`(\(\)\\\n\101\1012\7) Tj`, `"()\\\nAA2\a" Tj`},
		{"(a\\\nb\\\r\nc\rd\r\ne) Tj", `"abc\nd\ne" Tj`},
		{"(\xb1\xe0) Tj", `"\xb1\xe0" Tj`},
		{"(open", `"open"`},
		{"(open\\", `"open"`},
		{"<48 65 6C6c 6F7> Tj <> Tj", `"Hellop" Tj "" Tj`},
		{"<4 8zz65", `"He"`},
		{"/F1 12 Tf /A#20B#zz gs / gs", "/F1 12 Tf /A B#zz gs / gs"},
		{"[(a)-200<62>]TJ", `[ "a" -200 "b" ] TJ`},
		{"/Span<</ActualText(x)/MCID 0>>BDC", `/Span << /ActualText "x" /MCID 0 >> BDC`},
		{"true false null w% comment (\n1 w", "other other other w 1 w"},
		{"q\x00Q\x0cq", "q Q q"},
		{"(a)'(b)\"", `"a" ' "b" "`},
		{"f*W*n", "f*W*n"},
		{"f* W* n", "f* W* n"},
		{") } { ]q", "] q"},
		{"BI /W 2 /H 1 ID \x00EI\xff EI q", "BI /W 2 /H 1 ID q"},
		{"BI ID xx\nEI\n(EI) Tj", `BI ID "EI" Tj`},
		{"BI ID never ends", "BI ID"},
		{"", ""},
	} {
		if got := tokens(test.stream); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.stream, got, test.want)
		}
	}
}

// TestLexerBoundsOperands: a stream without operators must not fill the memory.
func TestLexerBoundsOperands(t *testing.T) {
	lex := lexer{data: []byte(strings.Repeat("1 ", 3*maxOperands) + "w")}
	if operator := lex.next(); string(operator) != "w" || len(lex.operands) != maxOperands {
		t.Errorf("operator %q, %d operands", operator, len(lex.operands))
	}
}

func FuzzLexer(f *testing.F) {
	f.Add([]byte("BT /F1 12 Tf 1 0 0 1 72 720 Tm [(a\\(b) -120 <00410042>] TJ ET"))
	f.Add([]byte("BI /W 1 /H 1 /F /AHx ID 00> EI q 0.5.5 --3 w (\\777\\\r\n"))
	f.Add([]byte("/OC/A#4bBDC<</A[1 2(3)]>>%x\rEMC"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lex := lexer{data: data}
		for at := -1; ; {
			operator := lex.next()
			for i := range lex.operands {
				if o := &lex.operands[i]; o.number != o.number {
					t.Fatal("not a number")
				} else if o.kind == nameOperand || o.kind == textOperand {
					_ = lex.bytesOf(o)
				}
			}
			if operator == nil {
				return
			}
			if lex.at <= at {
				t.Fatal("the lexer stands still")
			}
			if at = lex.at; string(operator) == "ID" {
				lex.skipInlineImage()
			}
		}
	})
}
