-- contact.lua: newcomers who want to go on talking somewhere else.

local places = { "whatsapp", "telegram", "t%.me/", "viber", "wechat",
	"e%-?mail me", "contact me", "text me" }

local function asks_away(body)
	for _, place in ipairs(places) do
		if body:find(place) then return place:gsub("%%", ""):gsub("?", "") end
	end
	if body:find("%+%d[%d %-]+%d%d%d%d") then return "a telephone number" end
end

function judge(comment)
	local where = asks_away(comment.body:lower())
	if not where then return end
	if comment.shown > 0 then return 10, "speaks of " .. where end
	return 45, "a newcomer asks to be reached by " .. where
end
