package extract

import "gongkai/extract/layout"

// showDisplayed brings the boxes of pages that were turned to be read back to the
// pages as displayed, where a viewer points at them. All that asks what stands above
// or beside what has been asked before.
func showDisplayed(document *Document, views map[int]layout.View) {
	if len(views) == 0 {
		return
	}
	lines := func(list []layout.Line) {
		for i := range list {
			list[i].Box = views[list[i].Page].Displayed(list[i].Box)
		}
	}
	places := func(list []Place) {
		for i := range list {
			list[i].Box = views[list[i].Page].Displayed(list[i].Box)
		}
	}
	for i := range document.Pages {
		page := &document.Pages[i]
		if view, ok := views[page.Number]; ok {
			page.Box = view.Page
			lines(page.Lines)
		}
	}
	for i := range document.Tables {
		t := &document.Tables[i]
		lines(t.Caption)
		lines(t.Notes)
		for s := range t.Segments {
			segment := &t.Segments[s]
			segment.Box = views[segment.Page].Displayed(segment.Box)
		}
		for _, row := range t.Grid {
			for c := range row {
				places(row[c].Places)
			}
		}
	}
	for i := range document.Sections {
		places(document.Sections[i].Places)
	}
}
