// Package normalize gives meaning to the grids of a Document: the statement
// each table is, its header tree and unit, the code, name and exact amount of
// each money cell, and who published them for which year.
package normalize
