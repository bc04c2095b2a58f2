package codebook

// English is the English name of a class, as the Ministry of Finance and the
// statistical yearbooks translate it, and empty for other codes: no translation
// of subclasses and items was found.
func English(scheme, code string) string {
	switch scheme {
	case FunctionalExpenditure:
		return functionalEnglish[code]
	case EconomicDepartment:
		return departmentEnglish[code]
	case EconomicGovernment:
		return governmentEnglish[code]
	case Revenue:
		return revenueEnglish[code]
	case Procurement:
		return procurementEnglish[code]
	}
	return ""
}

var functionalEnglish = map[string]string{
	"201": "General public services", "202": "Foreign affairs", "203": "National defence", "204": "Public security", "205": "Education",
	"206": "Science and technology", "207": "Culture, tourism, sport and media", "208": "Social security and employment",
	"209": "Social insurance funds", "210": "Health", "211": "Energy conservation and environmental protection",
	"212": "Urban and rural communities", "213": "Agriculture, forestry and water conservancy", "214": "Transportation",
	"215": "Resource exploration, industry and information", "216": "Commerce and services", "217": "Finance",
	"219": "Aid to other regions", "220": "Natural resources, oceanography and meteorology", "221": "Housing security",
	"222": "Grain, oil and material reserves", "223": "State capital operations", "224": "Disaster prevention and emergency management",
	"227": "Reserve funds", "229": "Other expenditure", "230": "Transfers", "231": "Debt principal", "232": "Debt interest",
	"233": "Debt issuance costs", "234": "Special government bonds for epidemic control",
}

var departmentEnglish = map[string]string{
	"301": "Wages and benefits", "302": "Goods and services", "303": "Subsidies to individuals and families",
	"307": "Debt interest and fees", "309": "Capital expenditure (basic construction)", "310": "Capital expenditure",
	"311": "Subsidies to enterprises (basic construction)", "312": "Subsidies to enterprises", "313": "Subsidies to social security funds",
	"399": "Other expenditure",
}

var governmentEnglish = map[string]string{
	"501": "Wages and benefits of government bodies", "502": "Goods and services of government bodies", "503": "Capital expenditure of government bodies (1)",
	"504": "Capital expenditure of government bodies (2)", "505": "Current subsidies to public institutions", "506": "Capital subsidies to public institutions",
	"507": "Subsidies to enterprises", "508": "Capital expenditure on enterprises", "509": "Subsidies to individuals and families",
	"510": "Subsidies to social security funds", "511": "Debt interest and fees", "512": "Debt principal", "513": "Transfers",
	"514": "Reserves", "599": "Other expenditure",
}

var revenueEnglish = map[string]string{
	"101": "Tax revenue", "102": "Social insurance fund revenue", "103": "Non-tax revenue", "104": "Loan principal recovered", "105": "Debt revenue", "110": "Transfer revenue",
}

var procurementEnglish = map[string]string{"A": "Goods", "B": "Works", "C": "Services"}
