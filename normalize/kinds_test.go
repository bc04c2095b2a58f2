package normalize

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// Each case is a form of publishing that departments or governments use, with
// the lines a reader of the page would write down by the contract. A line is
// statement|code|name|column path|side|yuan.

type kindCase struct {
	name  string
	title string
	above []string // captions
	rows  []string
	lines []string
}

func TestKindsOfTables(t *testing.T) {
	for _, c := range kindCases {
		t.Run(c.name, func(t *testing.T) {
			table := tableOf(c.title, c.above, c.rows...)
			checkLines(t, Normalize(documentOf(table), embeddedBook(t)), c.lines)
		})
	}
}

// checkLines compares the printed amounts of a batch with what is wanted.
func checkLines(t *testing.T, batch *Batch, want []string) {
	t.Helper()
	var got []string
	for i := range batch.Lines {
		if batch.Lines[i].LineNo > 0 {
			got = append(got, lineText(&batch.Lines[i]))
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("lines are\n%s\nwant\n%s", g, w)
	}
}

var kindCases = []kindCase{
	{
		name: "codes in three columns and percentages beside money", title: "附件1-3 2023年度XX局一般公共预算财政拨款支出决算表", above: []string{"公开05表", "金额单位：元"},
		rows: []string{
			"项目|<|<|<|年初预算数|决算数|<|<|完成年初预算%", "支出功能分类科目编码|<|<|科目名称|^|合计|基本支出|项目支出|^", "类|款|项|^|^|^|^|^|^",
			"栏次|<|<|<|1|2|3|4|5", "合计|<|<|<|1,000.00|900.50|900.50||90.05", "206|||科学技术支出|1,000.00|900.50|900.50||90.05", "|07||科学技术普及|1,000.00|900.50|900.50||90.05", "||02|科普活动|1,000.00|900.50|900.50||90.05%",
		},
		lines: []string{
			"final_gpb_expenditure||合计|年初预算数|whole|1000.00", "final_gpb_expenditure||合计|决算数/合计|whole|900.50", "final_gpb_expenditure||合计|决算数/基本支出|whole|900.50",
			"final_gpb_expenditure|206|科学技术支出|年初预算数|whole|1000.00", "final_gpb_expenditure|206|科学技术支出|决算数/合计|whole|900.50", "final_gpb_expenditure|206|科学技术支出|决算数/基本支出|whole|900.50",
			"final_gpb_expenditure|20607|科学技术普及|年初预算数|whole|1000.00", "final_gpb_expenditure|20607|科学技术普及|决算数/合计|whole|900.50", "final_gpb_expenditure|20607|科学技术普及|决算数/基本支出|whole|900.50",
			"final_gpb_expenditure|2060702|科普活动|年初预算数|whole|1000.00", "final_gpb_expenditure|2060702|科普活动|决算数/合计|whole|900.50", "final_gpb_expenditure|2060702|科普活动|决算数/基本支出|whole|900.50",
		},
	},
	{
		name: "three blocks side by side with totals at the foot", title: "一般公共预算财政拨款基本支出决算明细表", above: []string{"公开06表", "单位：万元"},
		rows: []string{
			"人员经费|<|<|公用经费|<|<|<|<|<", "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
			"301|工资福利支出|80.00|302|商品和服务支出|15.00|307|债务利息及费用支出|0.00", "30101|基本工资|50.00|30201|办公费|10.00|30701|国内债务付息|", "30102|津贴补贴|30.00|30202|印刷费|5.00|310|资本性支出|1.00",
			"人员经费合计|<|80.00|公用经费合计|<|<|<|<|16.00",
		},
		lines: []string{
			"final_gpb_basic|301|工资福利支出|人员经费/决算数|block1|800000.00", "final_gpb_basic|302|商品和服务支出|公用经费/决算数|block2|150000.00", "final_gpb_basic|307|债务利息及费用支出|公用经费/决算数|block3|0.00",
			"final_gpb_basic|30101|基本工资|人员经费/决算数|block1|500000.00", "final_gpb_basic|30201|办公费|公用经费/决算数|block2|100000.00",
			"final_gpb_basic|30102|津贴补贴|人员经费/决算数|block1|300000.00", "final_gpb_basic|30202|印刷费|公用经费/决算数|block2|50000.00", "final_gpb_basic|310|资本性支出|公用经费/决算数|block3|10000.00",
			"final_gpb_basic||人员经费合计|人员经费/决算数|block1|800000.00", "final_gpb_basic||公用经费合计|公用经费/决算数|block3|160000.00",
		},
	},
	{
		name: "three blocks under one head each, titled by what they are", title: "2022年度一般公共预算财政拨款基本支出决算表", above: []string{"部门：XX市科学技术局", "单位：万元"},
		rows: []string{
			"人员经费|<|<|公用经费|<|<|<|<|<", "经济分类科目编码|科目名称|金额|经济分类科目编码|科目名称|金额|经济分类科目编码|科目名称|金额",
			"301|工资福利支出|8.00|302|商品和服务支出|1.50|30213|维修（护）费|0.10", "合计|<|8.00|合计|<|<|<|<|1.60",
		},
		lines: []string{
			"final_gpb_basic|301|工资福利支出|人员经费/金额|block1|80000.00", "final_gpb_basic|302|商品和服务支出|公用经费/金额|block2|15000.00", "final_gpb_basic|30213|维修（护）费|公用经费/金额|block3|1000.00",
			"final_gpb_basic||合计|人员经费/金额|block1|80000.00", "final_gpb_basic||合计|公用经费/金额|block3|16000.00",
		},
	},
	{
		name: "income and expenditure with line numbers and three amounts a side", title: "收入支出决算总表", above: []string{"公开01表", "部门：XX局", "金额单位：万元"},
		rows: []string{
			"收入|<|<|<|<|支出|<|<|<|<", "项目|行次|年初预算数|全年预算数|决算数|项目（按功能分类）|行次|年初预算数|全年预算数|决算数", "栏次||1|2|3|栏次||4|5|6",
			"一、一般公共预算财政拨款收入|1|10.00|11.00|12.00|一、一般公共服务支出|32|9.00|8.00|7.00", "本年收入合计|27|10.00|11.00|12.00|本年支出合计|58|9.00|8.00|7.00",
			"总计|31|10.00|11.00|12.00|总计|62|9.00|8.00|7.00",
		},
		lines: []string{
			"final_income_expenditure||一、一般公共预算财政拨款收入|收入/年初预算数|left|100000.00", "final_income_expenditure||一、一般公共预算财政拨款收入|收入/全年预算数|left|110000.00", "final_income_expenditure||一、一般公共预算财政拨款收入|收入/决算数|left|120000.00",
			"final_income_expenditure||一、一般公共服务支出|支出/年初预算数|right|90000.00", "final_income_expenditure||一、一般公共服务支出|支出/全年预算数|right|80000.00", "final_income_expenditure||一、一般公共服务支出|支出/决算数|right|70000.00",
			"final_income_expenditure||本年收入合计|收入/年初预算数|left|100000.00", "final_income_expenditure||本年收入合计|收入/全年预算数|left|110000.00", "final_income_expenditure||本年收入合计|收入/决算数|left|120000.00",
			"final_income_expenditure||本年支出合计|支出/年初预算数|right|90000.00", "final_income_expenditure||本年支出合计|支出/全年预算数|right|80000.00", "final_income_expenditure||本年支出合计|支出/决算数|right|70000.00",
			"final_income_expenditure||总计|收入/年初预算数|left|100000.00", "final_income_expenditure||总计|收入/全年预算数|left|110000.00", "final_income_expenditure||总计|收入/决算数|left|120000.00",
			"final_income_expenditure||总计|支出/年初预算数|right|90000.00", "final_income_expenditure||总计|支出/全年预算数|right|80000.00", "final_income_expenditure||总计|支出/决算数|right|70000.00",
		},
	},
	{
		name: "one row of budget and final amounts", title: "财政拨款“三公”经费支出决算表", above: []string{"公开07表", "单位：万元"},
		rows: []string{
			"2022年度预算数|<|<|<|<|<|2022年度决算数|<|<|<|<|<", "合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费|合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费",
			"^|^|小计|公务用车购置费|公务用车运行费|^|^|^|小计|公务用车购置费|公务用车运行费|^", "1|2|3|4|5|6|7|8|9|10|11|12", "3.00||2.00||2.00|1.00|2|||0|2|",
		},
		lines: []string{
			"final_three_public|||2022年度预算数/合计|whole|30000.00", "final_three_public|||2022年度预算数/公务用车购置及运行费/小计|whole|20000.00", "final_three_public|||2022年度预算数/公务用车购置及运行费/公务用车运行费|whole|20000.00",
			"final_three_public|||2022年度预算数/公务接待费|whole|10000.00", "final_three_public|||2022年度决算数/合计|whole|20000.00", "final_three_public|||2022年度决算数/公务用车购置及运行费/公务用车购置费|whole|0.00",
			"final_three_public|||2022年度决算数/公务用车购置及运行费/公务用车运行费|whole|20000.00",
		},
	},
	{
		name: "rows of three public with a percent column", title: "表七 2025年一般公共预算“三公”经费支出情况表", above: []string{"单位:万元"},
		rows: []string{
			"项目|2024年预算数|2025年预算数|增减额|增减%|增减原因", "合计|5.00|4.00|-1.00|-20|压减", "1.因公出国（境）费用|||||", "2.公务接待费|5.00|4.00|-1.00|-20.00%|",
		},
		lines: []string{
			"three_public||合计|2024年预算数|whole|50000.00", "three_public||合计|2025年预算数|whole|40000.00", "three_public||合计|增减额|whole|-10000.00",
			"three_public||2.公务接待费|2024年预算数|whole|50000.00", "three_public||2.公务接待费|2025年预算数|whole|40000.00", "three_public||2.公务接待费|增减额|whole|-10000.00",
		},
	},
	{
		name: "thousands of yuan", title: "（一）部门收支总表", above: []string{"单位：千元"},
		rows:  []string{"收入|<|支出|<", "项目|预算数|项目|预算数", "一、财政拨款|12.5|一、基本支出|10.0", "收入总计|12.5|支出总计|10.0"},
		lines: []string{"dept_income_expenditure||一、财政拨款|收入/预算数|left|12500.00", "dept_income_expenditure||一、基本支出|支出/预算数|right|10000.00", "dept_income_expenditure||收入总计|收入/预算数|left|12500.00", "dept_income_expenditure||支出总计|支出/预算数|right|10000.00"},
	},
	{
		name: "a unit in each column", title: "国有资产占有使用情况表", above: nil,
		rows:  []string{"项目|数量（台/辆）|原值（万元）|净值（元）", "车辆|3|60.5|120000", "合计||60.5|120000"},
		lines: []string{"asset_status||车辆|原值（万元）|whole|605000.00", "asset_status||车辆|净值（元）|whole|120000.00", "asset_status||合计|原值（万元）|whole|605000.00", "asset_status||合计|净值（元）|whole|120000.00"},
	},
	{
		name: "codes behind the names", title: "一般公共预算基本支出表", above: []string{"单位：元"},
		rows:  []string{"经济科目|金额", "合计|3.00", "工资福利支出（301）|2.00", "基本工资（30101）|2.00", "商品和服务支出(302)|1.00"},
		lines: []string{"gpb_basic_expenditure||合计|金额|whole|3.00", "gpb_basic_expenditure|301|工资福利支出|金额|whole|2.00", "gpb_basic_expenditure|30101|基本工资|金额|whole|2.00", "gpb_basic_expenditure|302|商品和服务支出|金额|whole|1.00"},
	},
	{
		name: "codes with a dash, an underscore or a space", title: "部门支出总表", above: []string{"单位：万元"},
		rows: []string{"科目|合计|基本支出|项目支出", "合计|3.00|3.00|", "201-一般公共服务支出|1.00|1.00|", "20103_政府办公厅（室）及相关机构事务|1.00|1.00|", "2010301 行政运行|1.00|1.00|"},
		lines: []string{
			"dept_expenditure||合计|合计|whole|30000.00", "dept_expenditure||合计|基本支出|whole|30000.00", "dept_expenditure|201|一般公共服务支出|合计|whole|10000.00", "dept_expenditure|201|一般公共服务支出|基本支出|whole|10000.00",
			"dept_expenditure|20103|政府办公厅（室）及相关机构事务|合计|whole|10000.00", "dept_expenditure|20103|政府办公厅（室）及相关机构事务|基本支出|whole|10000.00",
			"dept_expenditure|2010301|行政运行|合计|whole|10000.00", "dept_expenditure|2010301|行政运行|基本支出|whole|10000.00",
		},
	},
	{
		name: "the header once more in the middle", title: "支出总表", above: []string{"单位：万元"},
		rows: []string{
			"科目编码|科目名称|支出|<", "^|^|基本支出|项目支出", "201|一般公共服务支出|1.00|2.00", "科目编码|科目名称|支出|<", "^|^|基本支出|项目支出", "206|科学技术支出|3.00|",
		},
		lines: []string{"dept_expenditure|201|一般公共服务支出|支出/基本支出|whole|10000.00", "dept_expenditure|201|一般公共服务支出|支出/项目支出|whole|20000.00", "dept_expenditure|206|科学技术支出|支出/基本支出|whole|30000.00"},
	},
	{
		name: "ordinals before blank stubs", title: "收入总表", above: []string{"单位：万元"},
		rows:  []string{"序号|项目|本年预算", "1|一、财政拨款|5.00", "2||", "3|合计|5.00"},
		lines: []string{"dept_income||一、财政拨款|本年预算|whole|50000.00", "dept_income||合计|本年预算|whole|50000.00"},
	},
	{
		name: "ordinals without a header", title: "收支预算总表", above: []string{"单位：万元"},
		rows:  []string{"|收入|<|支出|<", "|项目|金额|项目|金额", "1|财政拨款|5.00|工资福利支出|3.00", "2|其他|1.00|商品和服务支出|3.00", "3|总计|6.00|总计|6.00"},
		lines: []string{"dept_income_expenditure||财政拨款|收入/金额|left|50000.00", "dept_income_expenditure||工资福利支出|支出/金额|right|30000.00", "dept_income_expenditure||其他|收入/金额|left|10000.00", "dept_income_expenditure||商品和服务支出|支出/金额|right|30000.00", "dept_income_expenditure||总计|收入/金额|left|60000.00", "dept_income_expenditure||总计|支出/金额|right|60000.00"},
	},
	{
		name: "negative amounts in all forms", title: "政府性基金预算支出表", above: []string{"单位：元"},
		rows:  []string{"科目编码|科目名称|年初结转和结余|本年支出|年末结转和结余", "229|其他支出|-1.50|（2.00）|△3.00", "合计||−1.50|(2.00)|-3.00"},
		lines: []string{"gov_fund_expenditure|229|其他支出|年初结转和结余|whole|-1.50", "gov_fund_expenditure|229|其他支出|本年支出|whole|-2.00", "gov_fund_expenditure|229|其他支出|年末结转和结余|whole|-3.00", "gov_fund_expenditure||合计|年初结转和结余|whole|-1.50", "gov_fund_expenditure||合计|本年支出|whole|-2.00", "gov_fund_expenditure||合计|年末结转和结余|whole|-3.00"},
	},
	{
		name: "expenditure by function and economic class as a matrix", title: "财政拨款支出决算明细表", above: []string{"公开05表", "单位：万元"},
		rows: []string{
			"项目|<|<|<|合计|工资福利支出|<|<|商品和服务支出|<", "支出功能分类科目编码|<|<|科目名称|^|小计|基本工资|津贴补贴|小计|办公费", "类|款|项|^|^|^|^|^|^|^",
			"栏次|<|<|<|1|2|3|4|5|6", "合计|<|<|<|9.00|5.00|3.00|2.00|4.00|4.00", "213|01|04|事业运行|9.00|5.00|3.00|2.00|4.00|4.00",
		},
		lines: []string{
			"final_fiscal_detail||合计|合计|whole|90000.00", "final_fiscal_detail||合计|工资福利支出/小计|whole|50000.00", "final_fiscal_detail||合计|工资福利支出/基本工资|whole|30000.00", "final_fiscal_detail||合计|工资福利支出/津贴补贴|whole|20000.00", "final_fiscal_detail||合计|商品和服务支出/小计|whole|40000.00", "final_fiscal_detail||合计|商品和服务支出/办公费|whole|40000.00",
			"final_fiscal_detail|2130104|事业运行|合计|whole|90000.00", "final_fiscal_detail|2130104|事业运行|工资福利支出/小计|whole|50000.00", "final_fiscal_detail|2130104|事业运行|工资福利支出/基本工资|whole|30000.00", "final_fiscal_detail|2130104|事业运行|工资福利支出/津贴补贴|whole|20000.00", "final_fiscal_detail|2130104|事业运行|商品和服务支出/小计|whole|40000.00", "final_fiscal_detail|2130104|事业运行|商品和服务支出/办公费|whole|40000.00",
		},
	},
	{
		name: "last year and this year in pairs", title: "一般公共预算支出表", above: []string{"单位：万元"},
		rows: []string{
			"功能分类科目|<|2025年执行数|<|2026年预算数|<|2026年预算数比2025年执行数|<", "科目编码|科目名称|小计|其中：基本支出|小计|其中：基本支出|增减额|增减（%）", "206|科学技术支出|2.00|1.00|4.00|1.00|2.00|100.00",
		},
		lines: []string{
			"gpb_expenditure|206|科学技术支出|2025年执行数/小计|whole|20000.00", "gpb_expenditure|206|科学技术支出|2025年执行数/其中：基本支出|whole|10000.00", "gpb_expenditure|206|科学技术支出|2026年预算数/小计|whole|40000.00", "gpb_expenditure|206|科学技术支出|2026年预算数/其中：基本支出|whole|10000.00", "gpb_expenditure|206|科学技术支出|2026年预算数比2025年执行数/增减额|whole|20000.00",
		},
	},
	{
		name: "counts and rates among the money of an agency's operation", title: "机构运行信息表", above: []string{"公开10表", "单位：万元"},
		rows: []string{
			"项目|行次|年初预算数|决算统计数|项目|行次|决算统计数", "栏次||1|2|栏次||3", "一、“三公”经费支出|1|5.00|4.00|四、机关运行经费|25|30.00", "（二）相关统计数|7|—|—|（一）行政单位|26|30.00",
			"1．因公出国（境）团组数（个）|8|—|2|五、资产信息|28|—", "4．公务用车保有量（辆）|11|—|3|（一）车辆数合计（辆）|29|3", "5．国内公务接待批次（个）|12|—|20|六、政府采购支出信息|35|—",
		},
		lines: []string{
			"final_institution_ops||一、“三公”经费支出|年初预算数|left|50000.00", "final_institution_ops||一、“三公”经费支出|决算统计数|left|40000.00", "final_institution_ops||四、机关运行经费|决算统计数|right|300000.00", "final_institution_ops||（一）行政单位|决算统计数|right|300000.00",
		},
	},
	{
		name: "rows that are shares", title: "项目支出情况表", above: []string{"单位：万元"},
		rows:  []string{"指标|2025年|2026年", "预算数|10.00|12.00", "增长率（%）|5|20", "预算执行率|98|"},
		lines: []string{"project_expenditure||预算数|2025年|whole|100000.00", "project_expenditure||预算数|2026年|whole|120000.00"},
	},
	{
		name: "the unit behind the title, codes under one merged head", title: "2023年度收入决算表（单位：万元）", above: []string{"公开02表"},
		rows: []string{
			"项目|<|<|<|本年收入合计|财政拨款收入|上级补助收入|事业收入|<|经营收入|附属单位上缴收入|其他收入", "科目编码|<|<|科目名称|^|^|^|小计|其中：教育收费|^|^|^",
			"栏次|<|<|<|1|2|3|4|5|6|7|8", "合计|<|<|<|7.50|7.00||0.50|||—|0", "205|02|02|小学教育|7.50|7.00||0.50||||/",
		},
		lines: []string{
			"final_income||合计|本年收入合计|whole|75000.00", "final_income||合计|财政拨款收入|whole|70000.00", "final_income||合计|事业收入/小计|whole|5000.00", "final_income||合计|其他收入|whole|0.00",
			"final_income|2050202|小学教育|本年收入合计|whole|75000.00", "final_income|2050202|小学教育|财政拨款收入|whole|70000.00", "final_income|2050202|小学教育|事业收入/小计|whole|5000.00",
		},
	},
	{
		name: "funds carried over, received, spent", title: "政府性基金预算财政拨款收入支出决算表", above: []string{"公开08表", "编制单位：XX局", "单位：元"},
		rows: []string{
			"项目|<|<|<|年初结转和结余|本年收入|本年支出|<|<|年末结转和结余", "支出功能分类科目编码|<|<|科目名称|^|^|小计|基本支出|项目支出|^", "类|款|项|栏次|1|2|3|4|5|6", "^|^|^|合计|1.00|2.00|3.00||3.00|0.00", "229|60|02|用于社会福利的彩票公益金支出|1.00|2.00|3.00||3.00|0.00",
		},
		lines: []string{
			"final_gov_fund||合计|年初结转和结余|whole|1.00", "final_gov_fund||合计|本年收入|whole|2.00", "final_gov_fund||合计|本年支出/小计|whole|3.00", "final_gov_fund||合计|本年支出/项目支出|whole|3.00", "final_gov_fund||合计|年末结转和结余|whole|0.00",
			"final_gov_fund|2296002|用于社会福利的彩票公益金支出|年初结转和结余|whole|1.00", "final_gov_fund|2296002|用于社会福利的彩票公益金支出|本年收入|whole|2.00", "final_gov_fund|2296002|用于社会福利的彩票公益金支出|本年支出/小计|whole|3.00", "final_gov_fund|2296002|用于社会福利的彩票公益金支出|本年支出/项目支出|whole|3.00", "final_gov_fund|2296002|用于社会福利的彩票公益金支出|年末结转和结余|whole|0.00",
		},
	},
	{
		name: "three public in rows with counts below", title: "一般公共预算财政拨款“三公”经费支出决算表", above: []string{"单位：万元"},
		rows: []string{
			"项目|行次|预算数|决算数", "一、“三公”经费支出|1|—|—", "（一）支出合计|2|5.00|3.20", "1.因公出国（境）费|3||", "2.公务用车购置及运行维护费|4|4.00|3.00", "其中：公务用车运行维护费|5|4.00|3.00", "3.公务接待费|6|1.00|0.20",
			"（二）相关统计数|7|—|—", "1.公务用车购置数（辆）|8|—|0", "2.公务用车保有量（辆）|9|—|2", "3.国内公务接待批次（个）|10|—|12", "4.国内公务接待人次（人）|11|—|96",
		},
		lines: []string{
			"final_three_public||（一）支出合计|预算数|whole|50000.00", "final_three_public||（一）支出合计|决算数|whole|32000.00", "final_three_public||2.公务用车购置及运行维护费|预算数|whole|40000.00", "final_three_public||2.公务用车购置及运行维护费|决算数|whole|30000.00",
			"final_three_public||其中：公务用车运行维护费|预算数|whole|40000.00", "final_three_public||其中：公务用车运行维护费|决算数|whole|30000.00", "final_three_public||3.公务接待费|预算数|whole|10000.00", "final_three_public||3.公务接待费|决算数|whole|2000.00",
		},
	},
	{
		name: "years as heads and amounts without decimals", title: "一般公共预算“三公”经费支出情况表", above: []string{"单位：元"},
		rows:  []string{"项目|2024|2025", "合计|20000|18000", "公务接待费|20000|18000"},
		lines: []string{"three_public||合计|2024|whole|20000.00", "three_public||合计|2025|whole|18000.00", "three_public||公务接待费|2024|whole|20000.00", "three_public||公务接待费|2025|whole|18000.00"},
	},
	{
		name: "functional and economic codes in one row", title: "部门支出总体情况表", above: []string{"单位：万元"},
		rows: []string{
			"单位代码|单位名称|功能科目编码|功能科目名称|部门经济科目编码|部门经济科目名称|合计|基本支出|项目支出", "101|甲市文化局||||| 8.00|8.00|", "101001|甲市文化局本级|2070101|行政运行|30101|基本工资|5.00|5.00|", "101002|甲市图书馆|2070104|图书馆|30101|基本工资|3.00|3.00|",
		},
		lines: []string{
			"dept_expenditure||甲市文化局|合计|whole|80000.00", "dept_expenditure||甲市文化局|基本支出|whole|80000.00", "dept_expenditure|2070101|行政运行|合计|whole|50000.00", "dept_expenditure|2070101|行政运行|基本支出|whole|50000.00", "dept_expenditure|2070104|图书馆|合计|whole|30000.00", "dept_expenditure|2070104|图书馆|基本支出|whole|30000.00",
		},
	},
	{
		name: "income beside expenditure twice classified", title: "部门收支预算总表", above: []string{"单位：万元"},
		rows: []string{
			"收入|<|支出|<|<|<", "项目|金额|项目（按功能分类）|金额|项目（按经济分类）|金额", "一、财政拨款收入|9.00|一、科学技术支出|9.00|一、工资福利支出|6.00", "二、其他收入||二、卫生健康支出||二、商品和服务支出|3.00", "收入总计|9.00|支出总计|9.00|支出总计|9.00",
		},
		lines: []string{
			"dept_income_expenditure||一、财政拨款收入|收入/金额|block1|90000.00", "dept_income_expenditure||一、科学技术支出|支出/金额|block2|90000.00", "dept_income_expenditure||一、工资福利支出|支出/金额|block3|60000.00", "dept_income_expenditure||二、商品和服务支出|支出/金额|block3|30000.00",
			"dept_income_expenditure||收入总计|收入/金额|block1|90000.00", "dept_income_expenditure||支出总计|支出/金额|block2|90000.00", "dept_income_expenditure||支出总计|支出/金额|block3|90000.00",
		},
	},
	{
		name: "projects with their agencies, codes and funds", title: "附表10 项目支出预算表", above: []string{"部门：甲市文化局", "单位：万元"},
		rows: []string{
			"单位名称|项目编码|项目名称|合计|本年拨款|<|<|财政专户管理资金|单位资金", "^|^|^|^|一般公共预算|政府性基金预算|国有资本经营预算|^|^", "合计|<|<|9.00|9.00||||", "甲市图书馆|130301220001|图书购置费|6.00|6.00||||", "^|130301220002|免费开放|3.00|3.00||||",
		},
		lines: []string{
			"project_expenditure||合计|合计|whole|90000.00", "project_expenditure||合计|本年拨款/一般公共预算|whole|90000.00", "project_expenditure|130301220001|图书购置费|合计|whole|60000.00", "project_expenditure|130301220001|图书购置费|本年拨款/一般公共预算|whole|60000.00", "project_expenditure|130301220002|免费开放|合计|whole|30000.00", "project_expenditure|130301220002|免费开放|本年拨款/一般公共预算|whole|30000.00",
		},
	},
	{
		name: "purchases with quantities and prices", title: "政府采购预算表", above: []string{"单位：元"},
		rows: []string{
			"采购项目|采购品目编码|采购品目名称|计量单位|数量|单价|采购金额|<|需求时间", "^|^|^|^|^|^|合计|一般公共预算|^", "合计|||||| 15,000.00|15,000.00|", "办公设备|A02010105|台式计算机|台|3|5,000.00|15,000.00|15,000.00|2026年5月",
		},
		lines: []string{
			"procurement_plan||合计|采购金额/合计|whole|15000.00", "procurement_plan||合计|采购金额/一般公共预算|whole|15000.00", "procurement_plan|A02010105|台式计算机|单价|whole|5000.00", "procurement_plan|A02010105|台式计算机|采购金额/合计|whole|15000.00", "procurement_plan|A02010105|台式计算机|采购金额/一般公共预算|whole|15000.00",
		},
	},
	{
		name: "purchases under their kind and agency", title: "政府采购支出表", above: []string{"公开13表", "单位：万元"},
		rows:  []string{"采购品目大类|专项名称|经济科目|采购品目名称|采购组织形式|总计", "合计|||||5.50", "货物|||||5.50", "甲市审计局|||||5.50", "|设备购置|办公设备购置|便携式计算机|集中采购|5.50"},
		lines: []string{"procurement_plan||合计|总计|whole|55000.00", "procurement_plan||货物|总计|whole|55000.00", "procurement_plan||甲市审计局|总计|whole|55000.00", "procurement_plan||便携式计算机|总计|whole|55000.00"},
	},
	{
		name: "purchases in kinds", title: "2023年度政府采购情况表", above: []string{"单位：万元"},
		rows:  []string{"项目|采购预算（财政性资金）|采购金额", "合计|5.00|4.00", "货物|3.00|2.50", "工程||", "服务|2.00|1.50"},
		lines: []string{"procurement_plan||合计|采购预算（财政性资金）|whole|50000.00", "procurement_plan||合计|采购金额|whole|40000.00", "procurement_plan||货物|采购预算（财政性资金）|whole|30000.00", "procurement_plan||货物|采购金额|whole|25000.00", "procurement_plan||服务|采购预算（财政性资金）|whole|20000.00", "procurement_plan||服务|采购金额|whole|15000.00"},
	},
	{
		name: "a unit printed with each number", title: "机关运行经费预算表", above: nil,
		rows:  []string{"项目|金额", "办公费|3.5万元", "印刷费|1,200元"},
		lines: []string{"operating_cost||办公费|金额|whole|35000.00", "operating_cost||印刷费|金额|whole|1200.00"},
	},
	{
		name: "assets in a side-by-side form", title: "国有资产占有使用情况表", above: []string{"截止时间：2025年12月31日", "单位：万元"},
		rows:  []string{"项目|数量|价值|项目|数量|价值", "资产总额||120.50|三、设备|15|20.00", "一、房屋（平方米）|300|80.00|四、其他||5.50", "二、车辆（台、辆）|1|15.00|||"},
		lines: []string{"asset_status||资产总额|价值|left|1205000.00", "asset_status||三、设备|价值|right|200000.00", "asset_status||一、房屋（平方米）|价值|left|800000.00", "asset_status||四、其他|价值|right|55000.00", "asset_status||二、车辆（台、辆）|价值|left|150000.00"},
	},
	{
		name: "totals and memos", title: "部门收入总表", above: []string{"单位：亿元"},
		rows:  []string{"项 目|本年预算数|上年预算数", "一、财政拨款|1.2|1.1", "其中：一般公共预算|1.2|1.1", "小 计|1.2|1.1", "收 入 总 计|1.2|1.1"},
		lines: []string{"dept_income||一、财政拨款|本年预算数|whole|120000000.00", "dept_income||一、财政拨款|上年预算数|whole|110000000.00", "dept_income||其中：一般公共预算|本年预算数|whole|120000000.00", "dept_income||其中：一般公共预算|上年预算数|whole|110000000.00", "dept_income||小计|本年预算数|whole|120000000.00", "dept_income||小计|上年预算数|whole|110000000.00", "dept_income||收入总计|本年预算数|whole|120000000.00", "dept_income||收入总计|上年预算数|whole|110000000.00"},
	},
	{
		name: "a long head and a short one", title: "2022年部门整体支出绩效自评表", above: nil,
		rows: []string{
			"部门（单位）名称|<|甲市文化局|<|<|<", "预算执行情况（万元）|<|年初预算数|全年预算数|全年执行数|执行率", "年度资金总额|<|10.00|12.00|11.40|95%", "其中：财政拨款|<|10.00|12.00|11.40|—", "一级指标|二级指标|三级指标|年度指标值|实际完成值|得分", "产出指标|数量指标|演出场次|100|120|10",
		},
		lines: []string{
			"performance_overall||年度资金总额|年初预算数|whole|100000.00", "performance_overall||年度资金总额|全年预算数|whole|120000.00", "performance_overall||年度资金总额|全年执行数|whole|114000.00",
			"performance_overall||其中：财政拨款|年初预算数|whole|100000.00", "performance_overall||其中：财政拨款|全年预算数|whole|120000.00", "performance_overall||其中：财政拨款|全年执行数|whole|114000.00",
		},
	},
}

func TestKindsOfGovernmentTables(t *testing.T) {
	for _, c := range []kindCase{
		{
			name: "revenue with rates", title: "附表1-1：2025年XX市一般公共预算收入决算表", above: []string{"单位：亿元"},
			rows: []string{"科目编码|预算科目|年初预算数|调整预算数|决算数|决算数为预算数的%|决算数为上年决算数的%", "101|一、税收收入|10.5|10|11.25|112.5|103.2", "10101|增值税|5|5|6|120|101", "|一般公共预算收入合计|10.5|10|11.25|112.5|103.2"},
			lines: []string{
				"gov_gpb_income|101|一、税收收入|年初预算数|whole|1050000000.00", "gov_gpb_income|101|一、税收收入|调整预算数|whole|1000000000.00", "gov_gpb_income|101|一、税收收入|决算数|whole|1125000000.00",
				"gov_gpb_income|10101|增值税|年初预算数|whole|500000000.00", "gov_gpb_income|10101|增值税|调整预算数|whole|500000000.00", "gov_gpb_income|10101|增值税|决算数|whole|600000000.00",
				"gov_gpb_income||一般公共预算收入合计|年初预算数|whole|1050000000.00", "gov_gpb_income||一般公共预算收入合计|调整预算数|whole|1000000000.00", "gov_gpb_income||一般公共预算收入合计|决算数|whole|1125000000.00",
			},
		},
		{
			name: "transfers by place", title: "2026年XX省对市县一般公共预算税收返还和转移支付预算表（分地区）", above: []string{"单位：万元"},
			rows:  []string{"地区|合计|税收返还|一般性转移支付|专项转移支付", "海港区|6|1|2|3", "合计|6|1|2|3"},
			lines: []string{"gov_transfers||海港区|合计|whole|60000.00", "gov_transfers||海港区|税收返还|whole|10000.00", "gov_transfers||海港区|一般性转移支付|whole|20000.00", "gov_transfers||海港区|专项转移支付|whole|30000.00", "gov_transfers||合计|合计|whole|60000.00", "gov_transfers||合计|税收返还|whole|10000.00", "gov_transfers||合计|一般性转移支付|whole|20000.00", "gov_transfers||合计|专项转移支付|whole|30000.00"},
		},
		{
			name: "debt limits and balances", title: "2025年政府一般债务限额和余额情况表", above: []string{"单位：亿元"},
			rows:  []string{"地区|2025年债务限额|2025年债务余额（预计执行数）", "XX市|12.3|11.1"},
			lines: []string{"gov_debt||XX市|2025年债务限额|whole|1230000000.00", "gov_debt||XX市|2025年债务余额（预计执行数）|whole|1110000000.00"},
		},
		{
			name: "basic expenditure by the government's economic classes", title: "2026年市本级一般公共预算基本支出表", above: []string{"单位：万元"},
			rows:  []string{"科目编码|科目名称|预算数", "501|机关工资福利支出|5", "50101|工资奖金津补贴|5", "|合计|5"},
			lines: []string{"gov_gpb_basic_expenditure|501|机关工资福利支出|预算数|whole|50000.00", "gov_gpb_basic_expenditure|50101|工资奖金津补贴|预算数|whole|50000.00", "gov_gpb_basic_expenditure||合计|预算数|whole|50000.00"},
		},
		{
			name: "income and expenditure side by side", title: "2026年全市国有资本经营预算收支预算表", above: []string{"单位：万元"},
			rows:  []string{"收入|<|支出|<", "项目|预算数|项目|预算数", "一、利润收入|5|一、解决历史遗留问题及改革成本支出|5", "收入总计|5|支出总计|5"},
			lines: []string{"gov_state_capital_expenditure||一、利润收入|收入/预算数|left|50000.00", "gov_state_capital_expenditure||一、解决历史遗留问题及改革成本支出|支出/预算数|right|50000.00", "gov_state_capital_expenditure||收入总计|收入/预算数|left|50000.00", "gov_state_capital_expenditure||支出总计|支出/预算数|right|50000.00"},
		},
		{
			name: "social insurance by fund", title: "2026年社会保险基金预算收入表", above: []string{"单位：万元"},
			rows:  []string{"项目|合计|企业职工基本养老保险基金|失业保险基金", "一、保险费收入|6|4|2"},
			lines: []string{"gov_social_insurance||一、保险费收入|合计|whole|60000.00", "gov_social_insurance||一、保险费收入|企业职工基本养老保险基金|whole|40000.00", "gov_social_insurance||一、保险费收入|失业保险基金|whole|20000.00"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			document := documentOf(tableOf(c.title, c.above, c.rows...))
			document.Source.URI = "XX市2026年政府预算公开.pdf"
			checkLines(t, Normalize(document, embeddedBook(t)), c.lines)
		})
	}
}

// TestContinuedCodes: the parts of codes, and the agency, that a table left
// blank on its next page are those of its last row before.
func TestContinuedCodes(t *testing.T) {
	first := tableOf("支出总表", []string{"单位：万元"}, "预算单位|类|款|项|科目名称|合计", "甲市科学技术局|206|07||科学技术普及|5.00")
	next := tableOf("", nil, "|||02|科普活动|5.00", "乙市科技馆|206|07|05|科技馆站|1.00")
	next.Segments[0].Page = 2
	batch := Normalize(documentOf(first, next), embeddedBook(t))
	want := []string{"20607 甲市科学技术局", "2060702 甲市科学技术局", "2060705 乙市科技馆"}
	for i, l := range batch.Lines {
		if got := l.Code + " " + l.AgencyName; got != want[i] {
			t.Errorf("line %d is %s, want %s", i+1, got, want[i])
		}
	}
}

// TestSections: rows below an agency's own row are that agency's.
func TestSections(t *testing.T) {
	income := tableOf("收入总表", []string{"单位：万元"}, "单位编码|单位名称|合计", "|合计|3.00", "125001|甲市安全生产监督管理局|2.00", "125002|甲市安全生产宣传教育中心|1.00")
	outlay := tableOf("支出总表", []string{"单位：万元"}, "科目编码|科目名称|合计", "|合计|3.00", "125001|甲市安全生产监督管理局|2.00", "224|灾害防治及应急管理支出|2.00", "125002|甲市安全生产宣传教育中心|1.00", "224|灾害防治及应急管理支出|1.00")
	batch := Normalize(documentOf(income, outlay), embeddedBook(t))
	var got []string
	for _, l := range batch.Lines[3:] {
		got = append(got, l.Code+" "+l.AgencyCode)
	}
	if want := " ,125001 125001,224 125001,125002 125002,224 125002"; strings.Join(got, ",") != want {
		t.Errorf("codes and agencies are %q, want %q", strings.Join(got, ","), want)
	}
	if n := countFindings(batch, ruleCodeUnknown); n != 0 {
		t.Errorf("an agency's code is looked up among the subjects: %+v", batch.Findings)
	}
}

// TestTornAgency: a name that a page end cut in two is still that agency.
func TestTornAgency(t *testing.T) {
	income := tableOf("收入总表", []string{"单位：万元"}, "预算单位|合计", "甲市水务局（本级）|2.00", "甲市河湾流域管理中心（治河办）|1.00")
	outlay := tableOf("支出总表", []string{"单位：万元"}, "预算单位|科目编码|科目名称|合计", "甲市河湾流域|201|一般公共服务支出|1.00", "管理中心（治河办）|20103|政府办公厅|1.00", "甲市水务局（本|213|农林水支出|2.00", "级）|21303|水利|2.00")
	var got []string
	for _, l := range Normalize(documentOf(income, outlay), nil).Lines[2:] {
		got = append(got, l.AgencyName)
	}
	if want := "甲市河湾流域管理中心（治河办）,甲市河湾流域管理中心（治河办）,甲市水务局,甲市水务局"; strings.Join(got, ",") != want {
		t.Errorf("agencies are %q, want %q", strings.Join(got, ","), want)
	}
}

// TestForms reads several forms in one grid, with codes cut by a line end, and
// plans in percent, which are no money.
func TestForms(t *testing.T) {
	table := tableOf("预算项目绩效目标", []string{"单位：万元"},
		"项目编码|13030021 UGMABG5ABMXH4|<|项目名称|科普经费|<|<", "预算规模及资金用途|预算数|37.00|其中：财政资金|37.00|其他资金|", "^|用于科学技术普及|<|<|<|<|<",
		"资金支出计划（%）|3月底|<|6月底|<|10月底|<", "^|20|<|60|<|90|<", "绩效目标|普及科学|<|<|<|<|<", "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据|<", "产出指标|数量指标|平台数|平台数|1.00|年度计划|<",
		"项目编码|130300211LQGFLB1029GG|<|项目名称|物业费|<|<", "预算规模及资金用途|预算数|15.00|其中:财政资金|15.00|其他资金|", "^|物业|<|<|<|<|<", "资金支出计划 (%)|3月底|<|6月底|10月底|12月底|<", "^|25|<|60|75|100|<")
	checkLines(t, Normalize(documentOf(table), nil), []string{
		"performance_project|13030021UGMABG5ABMXH4|科普经费|预算数|whole|370000.00", "performance_project|13030021UGMABG5ABMXH4|科普经费|其中：财政资金|whole|370000.00",
		"performance_project|130300211LQGFLB1029GG|物业费|预算数|whole|150000.00", "performance_project|130300211LQGFLB1029GG|物业费|其中:财政资金|whole|150000.00",
	})
	titled := tableOf("301007_甲市公安局机场分局_综合修缮项目绩效目标表", nil, "专项资金情况（万元）|资金总额：|57.00", "^|财政拨款：|57.00", "项目实施期目标|更好|<", "一级指标|二级指标|指标值", "产出指标|数量指标|3")
	batch := Normalize(documentOf(titled), nil)
	checkLines(t, batch, []string{"performance_project||综合修缮|资金总额：|whole|570000.00", "performance_project||综合修缮|财政拨款：|whole|570000.00"})
	if l := batch.Lines[0]; l.AgencyCode != "301007" || l.AgencyName != "甲市公安局机场分局" {
		t.Errorf("the agency of the title is read as %s %s", l.AgencyCode, l.AgencyName)
	}
}

// TestContinuedTargets: the rest of a form on the next page is still that
// form, and the first table's title is not the title of the document.
func TestContinuedTargets(t *testing.T) {
	first := tableOf("部门整体支出绩效目标表", nil, "部门名称|甲市文化局|<", "年度目标|繁荣文化|<", "一级指标|二级指标|指标值")
	next := tableOf("", nil, "质量指标|指标5：演出合格率|90%", "^|指标6：馆藏完好率|90%")
	next.Segments[0].Page = 2
	document := documentOf(first, next)
	document.Pages[0].Lines = []layout.Line{{Text: "预算01表 收支总表", Page: 1}}
	batch := Normalize(document, nil)
	if id := batch.Tables[1].Statement; id != "performance_overall" {
		t.Errorf("the second page is %s", id)
	}
	if batch.Document.Title != "" {
		t.Errorf("the document is titled %q", batch.Document.Title)
	}
}

// TestNothingIsSilent: what cannot be read as an amount leaves a finding.
func TestNothingIsSilent(t *testing.T) {
	for _, c := range []struct {
		rule  string
		table extract.Table
	}{
		{ruleAmountText, tableOf("支出总表", []string{"单位：万元"}, "项目|合计", "甲|5.00", "乙|约3万")},
		{ruleAmountUnparsed, tableOf("支出总表", []string{"单位：万元"}, "项目|合计", "甲|5.00 6.00", "乙|3.00")},
		{ruleAmountUnlabelled, tableOf("项目支出绩效目标表", []string{"单位：万元"}, "项目名称|甲|乙", "主管部门|丙|7.25", "一级指标|二级指标|指标值")},
		{ruleForeignText, tableOf("支出总表", []string{"单位：万元"}, "项目|合计3.000000", "甲|5.00")},
		{ruleCodeConflict, tableOf("支出总表", []string{"单位：万元"}, "科目编码|科目名称|合计", "201|教育支出|5.00")},
		{ruleCodeUnknown, tableOf("支出总表", []string{"单位：万元"}, "科目编码|科目名称|合计", "298|无此科目支出|5.00")},
		{ruleUnitUnknown, tableOf("支出总表", nil, "项目|合计", "甲|5.00")},
		{ruleStatementUnknown, tableOf("", []string{"单位：万元"}, "甲事|某数", "乙|5.00")},
		{ruleAmountRounded, tableOf("支出总表", []string{"单位：元"}, "项目|合计", "甲|5.001")},
	} {
		if batch := Normalize(documentOf(c.table), embeddedBook(t)); countFindings(batch, c.rule) != 1 {
			t.Errorf("%s: %d findings, want 1; all: %+v", c.rule, countFindings(batch, c.rule), batch.Findings)
		}
	}
	prose := documentOf()
	prose.Pages[0].Lines = []layout.Line{{Text: "2026年收入预算9142.55万元。", Page: 1}}
	if batch := Normalize(prose, nil); countFindings(batch, ruleProseOnly) != 1 {
		t.Errorf("amounts in prose leave %+v", batch.Findings)
	}
}

// TestRegistryOfRules: every rule that the sources name is explained.
func TestRegistryOfRules(t *testing.T) {
	known := map[string]bool{}
	for _, rule := range Rules() {
		if known[rule.ID] || rule.Title == "" || rule.Explanation == "" || rule.Severity == "" {
			t.Errorf("rule %q is told twice or not in full", rule.ID)
		}
		known[rule.ID] = true
	}
	named := regexp.MustCompile(`Rule: *"([A-Z]\d\d)"|Remark\{"([A-Z]\d\d)"`)
	files, _ := filepath.Glob("../extract/*.go")
	more, _ := filepath.Glob("../extract/content/*.go")
	for _, file := range append(files, more...) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(source), -1) {
			if id := m[1] + m[2]; !strings.HasSuffix(file, "_test.go") && !known[id] {
				t.Errorf("%s names rule %s, which the registry lacks", file, id)
			}
		}
	}
}
