// Package check tells what a document's numbers say about each other: which
// identities hold, which hold up to rounding, which do not, and which could not
// be checked.
//
// Check runs the rules of Rules over a normalize.Batch. Each rule is a value: an
// id that never changes, a version that grows with its meaning, titles and
// explanations in both languages, a severity, and a function
//
//	func(x *Index, results *Results)
//
// that looks at one document. The Index holds the tables as rows and columns
// (index.go), with the row that each row details (tree.go); the Results take what
// the rule finds (results.go):
//
//	results.Compare(&Equation{…})          whole = Σ parts, or ≤, ≥: counts the instance,
//	                                       writes the finding with its formula (equation.go)
//	results.CompareAny(&Equation{…}, …)    the same with the numbers a whole may be equal to
//	results.Tell(table, Fail or Notice, …) anything else; AddOperands adds its numbers
//	results.Pass(table)                    an instance that holds
//	results.NotApplicable(table, why)      the rule has nothing to look at here
//	results.Insufficient(table, why)       something it needs is missing: no pass
//
// table is Table.At, or Document. A rule that breaks becomes the outcome error.
//
// Sums are made in whole ten-thousandths of a yuan, so that statements in 元 and 万元
// compare exactly (number.go); a difference of half a last digit for each printed
// number is rounding. What print leaves open is not judged: rows without a code and
// lists of several levels are placed by their sums (nesting.go), or left unchecked.
//
// Prose is read as mentions (narrative.go): a number, the words since the number
// before, what it does in its sentence (an amount, a change, a rate, a share) and
// what those words say it is of. One whose words leave a doubt is compared with
// nothing; one whose subject is sure passes when any place of the tables that may
// print it agrees (narrative_tables.go). Documents are held against each other by
// summaries (across.go), those of the documents that have a partner (partners.go).
//
// When all rules have run, each failure is looked at again: witnesses of the same
// quantity name the suspect number (vote.go), its digits the kind of fault (fault.go),
// and what reading said about the page who is to blame (trust.go). Nothing in the
// data is changed.
//
// To add a rule: write its function in a file of its topic, and its value in the
// list of its family (rule.go names the families); a family is a function
// that returns []Rule. Nothing else needs to know of it.
package check
