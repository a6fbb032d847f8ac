"""Who may log in to the demonstration."""

PASSWORD = "vinh-danh-2026"  # noqa: S105 (printed for everybody who starts the demonstration)
# Account, and what it is for: what `vinhdanh demo` prints.
LOG_INS = (
    ("vanphong", "Văn phòng Sở: đưa kế hoạch vào, theo dõi, xác nhận"),
    ("canbo", "Cán bộ thi đua của Phòng Quản lý Văn hóa"),
    ("thutruong", "Thủ trưởng Phòng Quản lý Văn hóa"),
    ("thuvien", "Cán bộ thi đua của Thư viện tỉnh"),
    ("khoitruong", "Khối trưởng Khối thi đua số 1"),
    ("thuky", "Thư ký Hội đồng Thi đua - Khen thưởng Sở"),
    ("chutich", "Chủ tịch Hội đồng"),
    ("uyvien", "Ủy viên Hội đồng"),
    ("giamdoc", "Giám đốc Sở"),
    ("kiemtra", "Cán bộ kiểm tra"),
    ("giamkhao", "Giám khảo"),
    ("kiemtoan", "Kiểm toán, giám sát (chỉ xem)"),
    ("nhanvien", "Người lao động, không giữ vai trò nào"),
    ("quantri", "Quản trị hệ thống"),
)
