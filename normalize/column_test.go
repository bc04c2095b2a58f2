package normalize

import "testing"

// TestHeadingsOfMoney: headings that publishers put over amounts, and over what is
// none; the cells below are whole numbers, so that the heading alone decides.
func TestHeadingsOfMoney(t *testing.T) {
	roleOf := func(heading string) role {
		table := tableOf("", nil, "科目编码|科目名称|合计|"+heading, "201|一般公共服务支出|120|12", "20101|人大事务|120|12", "204|公共安全支出|34|6", "|合计|154|18")
		s := newSheet(&table)
		h := findHeader(s)
		return readColumns(s, h, columnPaths(s, h))[3].role
	}
	for _, heading := range []string{
		"人员类项目", "运转类项目", "特定目标类项目", "特定目标类", "其他运转类", "人员类", "其他运转类项目", "公用经费项目", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出",
		"2026年", "2026年度", "2025年度", "上年执行数", "上年预算数", "本年预算", "年初预算", "调整预算数", "全年预算数", "全年数", "决算统计数", "执行数", "完成数", "预计执行数", "预算安排数",
		"资金来源", "其他来源", "财政拨款", "一般公共预算", "政府性基金", "国有资本经营收益", "财政专户管理资金", "单位资金", "事业收入", "上年结转", "上年结转结余", "年末结转和结余", "结余分配",
		"增减额", "增减变化", "增减数", "增减情况", "比上年增减", "同比增减额", "经费拨款", "纳入预算管理的非税收入", "教育收费", "债券", "一般债券", "中央提前下达", "上级补助", "本级财力", "税收返还", "一般性转移支付", "专项转移支付",
		"工资福利支出", "商品和服务支出", "对个人和家庭的补助", "债务利息及费用支出", "资本性支出（基本建设）", "资本性支出", "对企业补助（基本建设）", "对企业补助", "对社会保障基金补助", "其他支出", "机关工资福利支出", "预备费及预留", "转移性支出",
		"因公出国（境）费用", "公务接待费", "公务用车购置费", "公务用车运行费", "会议费", "培训费", "货物", "工程", "服务", "货物类", "服务类", "关上街道", "丰县", "财力安排", "自有资金", "其他", "往来资金", "社会捐赠", "丙类", "基建拨款",
		"限额", "余额", "债务限额", "账面原值", "原值", "净值", "账面价值", "累计折旧", "首年预算", "采购预算", "预算金额", "控制数", "批复数", "下达数", "核定数", "扶持额度", "省级资金", "市级资金", "中央资金",
	} {
		if got := roleOf(heading); got != roleAmount {
			t.Errorf("%s has role %d, want amounts", heading, got)
		}
	}
	for heading, want := range map[string]role{
		"增长%": rolePercent, "增减率": rolePercent, "增减（%）": rolePercent, "占比": rolePercent, "完成预算比例": rolePercent, "预算数为执行数的%": rolePercent, "同比增长率": rolePercent, "增长幅度": rolePercent, "增减比例": rolePercent, "完成调整预算的％": rolePercent,
		"数量": roleQuantity, "人数": roleQuantity, "编制数": roleQuantity, "在职人数": roleQuantity, "台数": roleQuantity, "面积（平方米）": roleQuantity, "批次": roleQuantity, "人次": roleQuantity, "车辆数": roleQuantity, "单位个数": roleQuantity,
		"指标值": roleText, "评分": roleText, "年度": roleText, "序号": roleOrdinal, "行次": roleOrdinal,
	} {
		if got := roleOf(heading); got != want {
			t.Errorf("%s has role %d, want %d", heading, got, want)
		}
	}
}
