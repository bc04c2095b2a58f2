package codebook

import "testing"

func TestChild(t *testing.T) {
	book := embeddedBook(t)
	for _, test := range []struct{ scheme, parent, name, want string }{
		{FunctionalExpenditure, "", "科学技术支出", "206"},
		{FunctionalExpenditure, "", "科学技术", "206"},
		{FunctionalExpenditure, "20607", "科普活动", "2060702"},
		{FunctionalExpenditure, "205", "其他教育支出", "20599"},
		{FunctionalExpenditure, "20599", "其他教育支出", "2059999"},
		{FunctionalExpenditure, "", "行政运行", ""}, // an item, under many subclasses
		{FunctionalExpenditure, "20607", "行政单位离退休", ""},
		{EconomicDepartment, "", "工资福利支出", "301"},
		{EconomicDepartment, "302", "维修(护)费", "30213"},
		{FunctionalExpenditure, "", "", ""},
		{"taxes", "", "科学技术支出", ""},
	} {
		entry, ok := book.Child(test.scheme, test.parent, test.name, 2026)
		if entry.Code != test.want || ok != (test.want != "") {
			t.Errorf("%s below %q is %q, want %q", test.name, test.parent, entry.Code, test.want)
		}
	}
	for _, test := range []struct{ parent, name, want string }{
		{"", "工资和福利支出", "301"}, {"", "工资福利支出", ""}, {"", "工资支出", ""}, {"302", "其他商品服务支出", "30299"},
	} {
		if entry, ok := book.NearChild(EconomicDepartment, test.parent, test.name, 2026); entry.Code != test.want || ok != (test.want != "") {
			t.Errorf("%s below %q is nearly %q, want %q", test.name, test.parent, entry.Code, test.want)
		}
	}
	if _, ok := new(Book).Child(FunctionalExpenditure, "", "科学技术支出", 2026); ok {
		t.Error("the empty book knows a class")
	}
}
