// Package statement knows the statements of Chinese budget disclosure: the
// canonical id of each, the titles it is published under, the phase it belongs
// to and what its rows are classified by. Identify reads a printed title the
// way a clerk does: the exact title first, then a clipped or misprinted one,
// then the terms the title is built from; FromColumns decides by the header
// where no title helps.
package statement
